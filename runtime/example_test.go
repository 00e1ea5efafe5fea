package runtime_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// source puts a script into a file of a given name, for an example to load.
func source(name, script string) (path string, remove func()) {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
		log.Fatal(err)
	}
	return path, func() { os.RemoveAll(folder) }
}

func printConsole(ext *runtime.Extension, level runtime.ConsoleLevel, text string) {
	fmt.Printf("[%s] %s\n", ext.ID(), text)
}

// A host loads an extension by its path, and stops it.
func Example() {
	path, remove := source("hello.js", `
		import editor from "@srcnexus/ext-sdk";
		editor.onLoad(() => console.log("loaded"));
		editor.onDispose(() => console.log("disposed"));
	`)
	defer remove()
	ctx := context.Background()

	host, err := runtime.NewHost(runtime.Options{Console: printConsole})
	if err != nil {
		log.Fatal(err)
	}
	defer host.Close(ctx)

	ext, err := host.Load(ctx, path)
	if err != nil {
		log.Fatal(runtime.Describe(err))
	}
	if err := ext.Stop(ctx); err != nil {
		log.Fatal(err)
	}
	// Output:
	// [hello] loaded
	// [hello] disposed
}

// dictionary is a namespace of an editor's own: extensions ask it for words,
// and are told of new ones.
type dictionary map[string]string

func (d dictionary) Methods() []string { return []string{"dictionary.define"} }

func (d dictionary) Open(caller rpc.Caller) rpc.Session { return reader{d, caller} }

// reader is the dictionary as one extension uses it.
type reader struct {
	words  dictionary
	caller rpc.Caller
}

func (r reader) Serve(call *rpc.Call) {
	word, _ := call.Params.Text("word")
	meaning, ok := r.words[word]
	if !ok {
		call.Fail(&rpc.Error{Code: "ERR_NO_WORD", Message: fmt.Sprintf("the dictionary has no %q", word)})
		return
	}
	r.caller.Push(rpc.Event{Name: "dictionary.used", Data: rpc.Object{{Name: "word", Value: word}}})
	call.Reply(meaning)
}

func (reader) Busy() bool { return false }

func (reader) Close(context.Context) {}

// An editor adds a namespace of its own, which JavaScript calls and which
// pushes events.
func Example_namespace() {
	path, remove := source("reader.js", `
		import { host } from "@srcnexus/ext-sdk";
		host.on("dictionary.used", ({ word }) => console.log("used:", word));
		for (const word of ["goja", "node"]) {
			host.call("dictionary.define", { word }).then(
				(meaning) => console.log(word, "is", meaning),
				(error) => console.log(error.code, error.message),
			);
		}
	`)
	defer remove()
	ctx := context.Background()

	host, err := runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{dictionary{"goja": "a JavaScript engine in Go"}},
		Console:    printConsole,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer host.Close(ctx)

	ext, err := host.Load(ctx, path)
	if err != nil {
		log.Fatal(runtime.Describe(err))
	}
	if err := ext.WaitIdle(ctx); err != nil {
		log.Fatal(err)
	}
	// Output:
	// [reader] goja is a JavaScript engine in Go
	// [reader] ERR_NO_WORD the dictionary has no "node"
	// [reader] used: goja
}

// Hosts know nothing of each other: both run an extension of the same id.
func Example_twoHosts() {
	path, remove := source("same.js", `
		import { host } from "@srcnexus/ext-sdk";
		host.on("ping", (from) => console.log("ping from", from));
	`)
	defer remove()
	ctx := context.Background()

	for _, name := range []string{"first", "second"} {
		host, err := runtime.NewHost(runtime.Options{Console: printConsole})
		if err != nil {
			log.Fatal(err)
		}
		defer host.Close(ctx)
		ext, err := host.Load(ctx, path)
		if err != nil {
			log.Fatal(runtime.Describe(err))
		}
		if err := host.PushEvent(ctx, "ping", name); err != nil {
			log.Fatal(err)
		}
		ext.WaitIdle(ctx)
	}
	// Output:
	// [same] ping from first
	// [same] ping from second
}

// A host is told of changes of state, of errors that nobody caught, and of what
// it has to say itself.
func Example_observing() {
	path, remove := source("shaky.js", `
		setTimeout(() => { throw new Error("in a timer") }, 200);
		sendMessage("no such channel", {});
	`)
	defer remove()
	ctx := context.Background()

	withoutTime := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	var record strings.Builder
	host, err := runtime.NewHost(runtime.Options{
		Logger:       slog.New(slog.NewTextHandler(&record, &slog.HandlerOptions{ReplaceAttr: withoutTime})),
		StateChanged: func(ext *runtime.Extension, state runtime.State) { fmt.Println(ext.ID(), "is", state) },
		Uncaught:     func(ext *runtime.Extension, err *runtime.ScriptError) { fmt.Println(err) },
	})
	if err != nil {
		log.Fatal(err)
	}
	ext, err := host.Load(ctx, path)
	if err != nil {
		log.Fatal(runtime.Describe(err))
	}
	ext.WaitIdle(ctx)
	host.Close(ctx)
	fmt.Print(record.String())
	// Output:
	// shaky is active
	// shaky.js:2:28: Error: in a timer (in a setTimeout callback)
	// shaky is disposing
	// shaky is stopped
	// level=WARN msg="message on an unknown channel ignored" extension=shaky fault=bad_message channel="no such channel"
}
