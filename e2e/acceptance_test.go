package e2e

import (
	"fmt"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// TestOneLiner is the smallest extension that talks to a server.
func TestOneLiner(t *testing.T) {
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		_, text, _ := v.receive(peer)
		peer.Send(hostnettest.Text, text+" yourself")
		silent(peer, v)
	})
	line := fmt.Sprintf(`import e from "@srcnexus/ext-sdk"; e.onLoad(async()=>{const ws=await e.network.createWebSocket(%q);`+
		`ws.onMessage(m=>{console.log(m.data);ws.close()});ws.send("hi")})`, server.url)
	run(t, write(t, "x.js", line)).expect(t, "hi yourself\n", "", 0)
	server.received(t, "text hi", "close 1000")
}
