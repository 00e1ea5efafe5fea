// Command server is the far end of the measurements: a WebSocket server that
// costs less than any of its clients. It trusts them, speaks ws:// on 127.0.0.1
// only, and answers whatever one read brought with one write. It writes its
// address to the standard output and serves until its input ends.
//
// # Paths
//
//   - /echo sends back every frame.
//   - /flood?n=N&size=S sends N texts of S bytes at the first frame it receives.
//   - /member sends back every frame, and takes part in drills.
//   - /drill runs a task.Drill with all members and answers with its task.Report.
//
// # Concurrency
//
// Each connection is served by the goroutine that accepted it. A drill reads
// what the members' goroutines count; it writes to their connections only while
// they don't write themselves.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, listener.Addr())
	go func() {
		io.Copy(io.Discard, in)
		listener.Close()
	}()
	if err := http.Serve(listener, handler()); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
