package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// methods are all that the published SDK calls, by namespace.
var methods = map[string]string{
	"commands": "register execute list registerHook hookResponse",
	"window": "showToast showInputBox showConfirm showPicker showProgress hideProgress setStatusBarText showDirectoryPicker showFilePicker " +
		"showPopup closePopup openWebviewTab showBottomSheet closeBottomSheet showCommandPalette showThemePicker",
	"workspace":         "openFile getConfiguration getActiveFile getOpenTabs getEngineVersion getCurrentScreen getAppVersion getProjectRoot getTheme",
	"workspace.project": "create",
	"workspace.fs":      "read write readBase64 writeBase64 create list delete exists createDirectory rename move copy zip share openExternal",
	"terminal":          "isSetup open sendInput readOutput close",
	"storage.kv":        "setItem getItem removeItem clear getAll",
	"storage":           "getDataDir getCacheDir",
	"network":           "fetch downloadToFile wsConnect wsSend wsClose",
	"editor":            "openDiff registerCodeMirrorExtension",
	"snippets":          "add delete list",
	"formatter":         "register unregister",
	"messaging":         "listen unlisten post",
}

// served are those that the program has a service for.
var served = []string{"network.fetch", "network.wsConnect", "network.wsSend", "network.wsClose", "window.showToast"}

func allMethods(t *testing.T) []string {
	t.Helper()
	var all []string
	for namespace, names := range methods {
		for name := range strings.FieldsSeq(names) {
			all = append(all, namespace+"."+name)
		}
	}
	slices.Sort(all)
	if len(all) != 73 {
		t.Fatalf("the platform has 73 methods, not %d", len(all))
	}
	return all
}

// TestEveryMethodAnswers calls every method, and some that aren't, as both SDKs
// call them.
func TestEveryMethodAnswers(t *testing.T) {
	all := append(allMethods(t), "no.such", "network", "network.", "constructor", "__proto__", "toString", "storage.kv.__proto__", "")
	names := fmt.Sprintf("%q", all)
	names = "[" + strings.ReplaceAll(strings.Trim(names, "[]"), `" "`, `", "`) + "]"
	var want strings.Builder
	for _, method := range all {
		if slices.Contains(served, method) {
			fmt.Fprintf(&want, "%s is served\n", method)
		} else {
			fmt.Fprintf(&want, "%s is not available in this host\n", method)
		}
	}
	for name, source := range map[string]string{
		"as texts": `const call = (method) => raw(method, {});` + rawCall,
		"as values": `const call = (method) => new Promise((resolve, reject) => {
				const others = globalThis.__resolveRpc;
				globalThis.__resolveRpc = (m) => m.id !== method ? others(m) : m.error === undefined ? resolve() : reject(new Error(m.error));
				sendMessage("rpc", { id: method, method, params: {} });
			});`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, write(t, "story.js", script("", source+`
				onLoad(async () => {
					for (const method of `+names+`)
						await call(method).then(() => {}, (e) => e.message).then((text) => log(text?.endsWith("not available in this host") ? text : method + " is served"));
				});`))).expect(t, want.String(), "", 0)
		})
	}
}

// TestPublishedMethods calls every function of the stand-in for the published
// SDK, which has to make all of the calls and no other.
func TestPublishedMethods(t *testing.T) {
	server := serve(t, echo)
	world, ext := newPublished(t, echoed(), bundle(t, fmt.Sprintf(`
		import editor from "@srcnexus/ext-sdk";
		const made = new Set(), send = sendMessage;
		globalThis.sendMessage = (channel, data) => { if (channel === "rpc") made.add(JSON.parse(data).method); return send(channel, data); };
		const others = new Set(["onLoad", "onDispose", "events", "listen", "createWebSocket"]);
		const use = (thing, name) => {
			if (typeof thing === "function") thing(name, {}, () => {}).catch(() => {});
			else for (const key in thing) if (!others.has(key)) use(thing[key], key);
		};
		use(editor, "the SDK");
		editor.listen("news", () => {})();
		__pushEvent({ event: "hookInvoked", data: { hookId: "__hook_1", invocationId: "1", type: "before" } });
		editor.onLoad(async () => {
			const ws = await editor.network.createWebSocket(%q);
			await ws.send("hello");
			await ws.close();
			console.log([...made].sort().join(" "));
		});`, server.url)))
	world.Idle(ext)
	if got, want := world.Output(), strings.Join(allMethods(t), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
