package hostnet

import (
	"strconv"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

var sizes = []int{100, 10_000, 1_000_000}

func BenchmarkMessageIn(b *testing.B) {
	for _, size := range sizes {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			f := newFixture(b, Options{})
			frame := hostnettest.Frame(hostnettest.Text, strings.Repeat("x", size))
			many := []byte(strings.Repeat(string(frame), max(1, 60_000/size)))
			f.connect(hostnettest.ServePeers(b, func(p *hostnettest.Peer) {
				go p.AnswerClose()
				for err := error(nil); err == nil; {
					_, err = p.Write(many)
				}
			}))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				event := <-f.caller.Events()
				event.Delivered()
			}
		})
	}
}

func BenchmarkMessageOut(b *testing.B) {
	for _, size := range sizes {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			f := newFixture(b, Options{})
			id := f.connect(hostnettest.ServePeers(b, func(p *hostnettest.Peer) {
				buffer := make([]byte, 1<<20)
				for err := error(nil); err == nil; {
					_, err = p.Read(buffer)
				}
			}))
			room := make(chan struct{}, max(1, 4_000_000/size))
			params := object("connectionId", id, "data", strings.Repeat("x", size))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				room <- struct{}{}
				f.session.Serve(rpc.NewCall(b.Context(), "network.wsSend", params, func(any, error) { <-room }))
			}
		})
	}
}
