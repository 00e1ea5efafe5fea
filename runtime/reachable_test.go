package runtime

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dop251/goja"
)

// walkSource collects every object that a script can reach, and how. What is
// made on first touch is touched, by its name.
const walkSource = `((names) => {
	const found = [], paths = [], seen = new Set();
	const meet = (value, path) => {
		if (Object(value) !== value || seen.has(value)) return;
		seen.add(value);
		found.push(value);
		paths.push(path);
	};
	meet(globalThis, "globalThis");
	for (const [name, value] of Object.entries(globalThis.extra)) meet(value, name);
	for (const value of ["", 0, true, Symbol(), 0n]) meet(Object(value), typeof value);
	const tag = (strings) => strings;
	meet(tag` + "`a${1}b`" + `, "template");
	meet(/x/g, "literal");
	meet((function* () {})(), "generator");
	meet((async () => {})(), "async");
	meet(new Map().entries(), "iterator");
	meet((function () { "use strict"; return arguments; })(), "arguments");
	for (const name of names) {
		try { meet(globalThis[name], name); } catch {}
	}
	for (let i = 0; i < found.length && i < 50_000; i++) {
		const object = found[i], path = paths[i];
		try { meet(Reflect.getPrototypeOf(object), path + ".__proto__"); } catch {}
		for (const key of Reflect.ownKeys(object)) {
			const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
			meet(value, path + "." + String(key));
			meet(get, path + ".get " + String(key));
			meet(set, path + ".set " + String(key));
		}
	}
	return { found, paths };
})`

// reachSource leaves what the SDK and the host give a script where the walk
// begins.
const reachSource = `
	import editor, { network, onLoad } from "@srcnexus/ext-sdk";
	globalThis.extra = { editor, network, host: editor.host, window: editor.window };
	onLoad(async () => {
		extra.reply = await editor.host.call("no.such").catch((e) => e);
		extra.refusal = await network.createWebSocket("http://no").catch((e) => e);
		try { sendMessage("query", {}); } catch (e) { extra.thrown = e; }
		try { JSON.parse("["); } catch (e) { extra.syntax = e; }
		editor.host.on("news", (data) => { extra.news = data; });
		extra.timer = setTimeout(() => {}, 1e6);
		extra.web = [
			new Headers({ a: "b" }).entries(), new Request("http://h/").signal, new Response("x").body.getReader(), new MessageEvent("m").ports,
			new FormData().keys(), new Blob(["x"]).stream(), navigator.languages, await fetch("http://h/").catch((e) => e), new AbortController(),
		];
	});`

// TestNothingIsShared walks the worlds of two extensions of the same code, which
// share its compiled program, and finds no object that belongs to both.
func TestNothingIsShared(t *testing.T) {
	host, err := NewHost(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close(t.Context())
	path := filepath.Join(t.TempDir(), "reach.js")
	if err := os.WriteFile(path, []byte(reachSource), 0o644); err != nil {
		t.Fatal(err)
	}
	one, other := reach(t, host, path, "one"), reach(t, host, path, "other")
	for object, where := range one {
		if there, shared := other[object]; shared {
			t.Errorf("%s of one is %s of the other", where, there)
		}
	}
	if len(one) < 500 || len(one) != len(other) {
		t.Errorf("%d objects can be reached in one, %d in the other", len(one), len(other))
	}
	t.Logf("%d objects in each", len(one))
}

// reach loads an extension and returns all objects that its script can reach.
func reach(t *testing.T, host *Host, path, id string) map[*goja.Object]string {
	t.Helper()
	ext, err := host.Start(path, id)
	if err == nil {
		err = ext.WaitActive(t.Context())
	}
	if err == nil {
		err = ext.PushEvent(t.Context(), "news", map[string]any{"a": []any{1}, "b": []byte{1}})
	}
	if err != nil {
		t.Fatal(Describe(err))
	}
	found, walked := make(map[*goja.Object]string), make(chan error)
	ext.loop.post(func() { walked <- ext.vm.try(place{"the walk", ""}, func() error { return collect(ext.vm.js, found) }) })
	if err := <-walked; err != nil {
		t.Fatal(Describe(err))
	}
	return found
}

func collect(js *goja.Runtime, into map[*goja.Object]string) error {
	source, err := js.RunString(walkSource)
	if err != nil {
		return err
	}
	walk, _ := goja.AssertFunction(source)
	result, err := walk(goja.Undefined(), js.ToValue(slices.Sorted(maps.Keys(globals))))
	if err != nil {
		return err
	}
	found, paths := result.ToObject(js).Get("found").ToObject(js), result.ToObject(js).Get("paths").ToObject(js)
	for _, i := range found.Keys() {
		into[found.Get(i).(*goja.Object)] = paths.Get(i).String()
	}
	return nil
}
