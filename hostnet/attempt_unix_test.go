//go:build unix

package hostnet

import (
	"io"
	"net"
	"testing"
)

// TestAttemptTakesWhatFits writes to a server that doesn't read.
func TestAttemptTakesWhatFits(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	near, err := net.Dial("tcp4", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	far, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	a := newAttempt(near.(*net.TCPConn))
	data, sent := []byte(numbers(1<<20)), 0
	for {
		n, err := a.write(data)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		sent += n
	}
	if sent == 0 {
		t.Error("nothing was taken")
	}
	near.Close()
	if got, err := io.Copy(io.Discard, far); err != nil || got != int64(sent) {
		t.Errorf("%d bytes were taken and %d arrived: %v", sent, got, err)
	}
	if _, err := a.write(data); err == nil {
		t.Error("a write to a closed connection has succeeded")
	}
}
