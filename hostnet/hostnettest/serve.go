package hostnettest

import (
	"net"
	"strconv"
	"sync"
	"testing"
)

// A Server is a TCP listener whose connections a test plays by itself.
type Server struct {
	// Addr is its "host:port", and Port the port of that.
	Addr string
	Port uint16

	handle func(net.Conn)

	mu     sync.Mutex
	conns  map[net.Conn]bool // nil once the test is over
	seen   int
	probe  string        // the local address of Accepted's own connection
	probed chan struct{} // closed when that has arrived
}

// Serve listens on address, such as "127.0.0.1:0", and runs handle for each
// connection on a goroutine of its own; the connection is closed when handle
// returns, and at the end of the test. The test's cleanup waits for all of it.
func Serve(t testing.TB, address string, handle func(net.Conn)) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return ServeOn(t, listener, handle)
}

// ServeOn is Serve on a listener, which it closes.
func ServeOn(t testing.TB, listener net.Listener, handle func(net.Conn)) *Server {
	t.Helper()
	s := &Server{Addr: listener.Addr().String(), handle: handle, conns: make(map[net.Conn]bool)}
	_, port, _ := net.SplitHostPort(s.Addr)
	number, _ := strconv.ParseUint(port, 10, 16)
	s.Port = uint16(number)
	var running sync.WaitGroup
	running.Go(func() { s.accept(listener, &running) })
	t.Cleanup(func() {
		listener.Close()
		s.closeAll()
		running.Wait()
	})
	return s
}

// Accepted is how many connections have arrived so far, however young. It makes
// one itself, which isn't counted, and waits for it: those before it were
// accepted before it. One goroutine at a time may call it.
func (s *Server) Accepted(t testing.TB) int {
	t.Helper()
	s.mu.Lock()
	probe, err := net.Dial("tcp", s.Addr)
	if err != nil {
		s.mu.Unlock()
		t.Fatal(err)
	}
	defer probe.Close()
	s.probe, s.probed = probe.LocalAddr().String(), make(chan struct{})
	s.mu.Unlock()
	<-s.probed
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *Server) accept(listener net.Listener, running *sync.WaitGroup) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		if s.add(conn) {
			running.Go(func() {
				defer s.remove(conn)
				s.handle(conn)
			})
		}
	}
}

func (s *Server) add(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil {
		conn.Close()
		return false
	}
	if conn.RemoteAddr().String() == s.probe {
		close(s.probed)
		conn.Close()
		return false
	}
	s.seen++
	s.conns[conn] = true
	return true
}

func (s *Server) remove(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn.Close()
	delete(s.conns, conn)
}

func (s *Server) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.conns {
		conn.Close()
	}
	s.conns = nil
}
