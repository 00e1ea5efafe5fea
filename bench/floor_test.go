package main

import (
	"io"
	"net"
	"testing"

	"github.com/dop251/goja"
)

// BenchmarkFloor measures what no runtime on goja and loopback can do without:
// a call into a VM, an event with its handler, a promise, and 64 bytes to a
// server and back.
func BenchmarkFloor(b *testing.B) {
	b.Run("call", func(b *testing.B) { floor(b, `() => {}`, nil) })
	b.Run("event", func(b *testing.B) {
		floor(b, `let n = 0; event => { n += event.data.length }`, func(vm *goja.Runtime) goja.Value {
			event := vm.NewObject()
			event.Set("data", "sixty-four bytes of text, as they come out of a frame that is so long")
			return event
		})
	})
	b.Run("promise", func(b *testing.B) {
		floor(b, `promise => { promise.then(() => {}) }`, func(vm *goja.Runtime) goja.Value {
			promise, resolve, _ := vm.NewPromise()
			resolve(goja.Undefined())
			return vm.ToValue(promise)
		})
	})
	b.Run("socket", floorSocket)
}

// floor calls a function of a bare VM, each time with a new argument.
func floor(b *testing.B, function string, argument func(*goja.Runtime) goja.Value) {
	vm := goja.New()
	value, err := vm.RunString(function)
	if err != nil {
		b.Fatal(err)
	}
	call, _ := goja.AssertFunction(value)
	b.ReportAllocs()
	for b.Loop() {
		var args []goja.Value
		if argument != nil {
			args = []goja.Value{argument(vm)}
		}
		if _, err := call(goja.Undefined(), args...); err != nil {
			b.Fatal(err)
		}
	}
}

// floorSocket has one message under way at a time.
func floorSocket(b *testing.B) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	go func() {
		if server, err := listener.Accept(); err == nil {
			defer server.Close()
			io.Copy(struct{ io.Writer }{server}, struct{ io.Reader }{server})
		}
	}()
	conn, err := net.Dial("tcp4", listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	message := make([]byte, 64)
	for b.Loop() {
		if _, err := conn.Write(message); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(conn, message); err != nil {
			b.Fatal(err)
		}
	}
}
