package main

import (
	"context"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// namespaces are the services that extensions find here.
func namespaces(network *hostnet.Namespace, screen *screen) []rpc.Namespace {
	return []rpc.Namespace{network, window{screen}}
}

// window is the part of the editor's window that a terminal can stand in for.
type window struct{ screen *screen }

func (w window) Methods() []string { return []string{"window.showToast"} }

func (w window) Open(caller rpc.Caller) rpc.Session { return toaster{w.screen, caller.ExtensionID()} }

// toaster shows one extension's toasts as lines of text.
type toaster struct {
	screen *screen
	id     string
}

func (t toaster) Serve(call *rpc.Call) {
	text, ok := call.Params.Text("message")
	if !ok {
		call.Fail(&rpc.Error{Code: rpc.CodeInvalidData, Message: "window.showToast: message must be a string"})
		return
	}
	t.screen.out(t.id, text+"\n")
	call.Reply(nil)
}

func (toaster) Busy() bool { return false }

func (toaster) Close(context.Context) {}
