package rpc

import "time"

// A Connection is what a session knows about one of its open sockets.
type Connection struct {
	ID     string
	URL    string // scheme, host, port and path; no query and no user info
	Opened time.Time

	// Messages that are complete, and the bytes of their payloads. What was sent
	// is with the operating system.
	MessagesIn, MessagesOut int64
	BytesIn, BytesOut       int64

	// Waiting messages have come and are not handled so far, Buffered bytes
	// were sent and are not with the operating system so far.
	Waiting  int
	Buffered int64

	// Latency is how long after the last ping the server was heard again, 0
	// where it was not pinged so far.
	Latency time.Duration
}

// Connected is a [Session] that has connections to tell of. A [Router] is one
// for all its sessions.
type Connected interface {
	// Connections returns those that are open, in the order in which they were
	// opened. Any goroutine may call it, and it doesn't block.
	Connections() []Connection
}
