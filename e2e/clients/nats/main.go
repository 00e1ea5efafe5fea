// Command nats is a NATS server that listens for WebSockets only, on this
// machine, at the port that its argument names, 0 for any. It says which it is,
// and ends when its standard input does.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(port string) error {
	number, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	if number == 0 {
		number = server.RANDOM_PORT
	}
	nats, err := server.NewServer(&server.Options{
		DontListen: true,
		Websocket:  server.WebsocketOpts{Host: "127.0.0.1", Port: number, NoTLS: true},
		NoSigs:     true,
		NoLog:      true,
	})
	if err != nil {
		return err
	}
	nats.Start()
	defer nats.Shutdown()
	if !nats.ReadyForConnections(10 * time.Second) {
		return fmt.Errorf("the server is not ready after 10 seconds")
	}
	fmt.Println(nats.WebsocketURL())
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}
