package sdk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/dop251/goja"
	"github.com/srcnexus/extrun/sdk"
)

// BenchmarkStart is what importing the SDK costs an extension.
func BenchmarkStart(b *testing.B) {
	program := goja.MustCompile("prelude", "globalThis.sendMessage = () => {}", true)
	script := compiled(sdk.Script())
	b.ReportAllocs()
	for b.Loop() {
		vm := goja.New()
		for _, p := range []*goja.Program{program, script} {
			if _, err := vm.RunProgram(p); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkCompile is what the SDK costs a process.
func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compiled(sdk.Script())
	}
}

func compiled(name, code string) *goja.Program { return goja.MustCompile(name, code, true) }

// connected is a WebSocket with a handler, and two functions for its host's part.
func connected(b *testing.B) (send, push goja.Callable) {
	b.Helper()
	h := newSocket(b)
	h.run("ws.onMessage(() => {})")
	send, _ = goja.AssertFunction(h.eval(`(() => { ws.send("hello"); sends.pop()(); sent.length = 0; })`))
	push, _ = goja.AssertFunction(h.eval(`(() => { __pushWsEvent("x_ws_0", "message", { data: "hello" }); })`))
	return send, push
}

func BenchmarkSend(b *testing.B) {
	send, _ := connected(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := send(goja.Undefined()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	_, push := connected(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := push(goja.Undefined()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBundle(b *testing.B) {
	entry := filepath.Join(b.TempDir(), "main.ts")
	if err := os.WriteFile(entry, []byte(`import { network } from "@srcnexus/ext-sdk"; network.createWebSocket("ws://h")`), 0o644); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sdk.Bundle(sdk.Input{Entry: entry}); err != nil {
			b.Fatal(err)
		}
	}
}
