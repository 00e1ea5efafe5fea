//go:build unix

package e2e

import (
	"os"
	"syscall"
	"testing"
)

// TestSignals ends an extension that has a socket: its onDispose runs with the
// socket still open, and then the server sees 1001.
func TestSignals(t *testing.T) {
	for name, test := range map[string]struct {
		signal os.Signal
		code   int
	}{
		"Ctrl-C":  {os.Interrupt, 130},
		"SIGTERM": {syscall.SIGTERM, 143},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, silent)
			p := start(t, write(t, "stays.js", script(server.url, `
				onLoad(async () => {
					const ws = await network.createWebSocket(url);
					ws.onClose((info) => console.log("closed", info.code));
					onDispose(async () => {
						await ws.send("goodbye");
						console.log("disposed");
					});
					console.log("ready");
				});`)))
			p.await("ready")
			p.signal(test.signal)
			p.wait().expect(t, "ready\ndisposed\n", "", test.code)
			server.received(t, "text goodbye", "close 1001")
		})
	}
}

// TestSecondSignal doesn't wait for an onDispose that never ends.
func TestSecondSignal(t *testing.T) {
	server := serve(t, silent)
	p := start(t, write(t, "stays.js", script(server.url, `
		onLoad(async () => {
			const ws = await network.createWebSocket(url);
			onDispose(() => {
				console.log("disposing");
				return new Promise(() => {});
			});
			console.log("ready");
		});`)))
	p.await("ready")
	p.signal(os.Interrupt)
	p.await("disposing")
	p.signal(syscall.SIGTERM)
	p.wait().expect(t, "ready\ndisposing\n", "", 143)
	server.received(t, "end")
}

// TestKeepAlive stays with nothing to do, and ends as usual.
func TestKeepAlive(t *testing.T) {
	p := start(t, "--keep-alive", write(t, "idle.js", script("", `
		onDispose(() => console.log("disposed"));
		setTimeout(() => console.log("idle"), 10);`)))
	p.await("idle")
	p.signal(os.Interrupt)
	p.wait().expect(t, "idle\ndisposed\n", "", 130)
}
