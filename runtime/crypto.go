package runtime

import (
	"crypto/rand"
	"fmt"

	"github.com/dop251/goja"
)

// fillRandom fills a view with random bytes of the system's generator. The
// script of the web's globals has judged how many.
func (e *Extension) fillRandom(call goja.FunctionCall) goja.Value {
	if bytes, ok := e.viewed(call.Argument(0)); ok {
		rand.Read(bytes)
	}
	return goja.Undefined()
}

// randomUUID is one of version 4.
func (e *Extension) randomUUID(goja.FunctionCall) goja.Value {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return e.vm.js.ToValue(fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]))
}
