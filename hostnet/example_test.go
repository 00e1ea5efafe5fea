package hostnet_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/internal/echo"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// An editor gives its extensions WebSockets by one namespace, which all of its
// hosts may share.
func Example() {
	server := httptest.NewServer(echo.Handler())
	defer server.Close()
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "hello.js")
	script := `
		import editor from "@srcnexus/ext-sdk";
		editor.onLoad(async () => {
			const ws = await editor.network.createWebSocket("` + strings.Replace(server.URL, "http", "ws", 1) + `");
			ws.onMessage((msg) => { console.log(msg.data); ws.close() });
			ws.onClose(({ code }) => console.log("closed:", code));
			ws.send("hello");
		});
	`
	if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()

	network, err := hostnet.New(hostnet.Options{MaxConnections: 2})
	if err != nil {
		log.Fatal(err)
	}
	host, err := runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{network},
		Console:    func(_ *runtime.Extension, _ runtime.ConsoleLevel, text string) { fmt.Println(text) },
	})
	if err != nil {
		log.Fatal(err)
	}
	defer host.Close(ctx)
	ext, err := host.Load(ctx, path)
	if err != nil {
		log.Fatal(runtime.Describe(err))
	}
	ext.WaitIdle(ctx)
	// Output:
	// hello
	// closed: 1000
}
