package rpc

// Requests are the numbers of an extension's HTTP requests.
type Requests struct {
	Active int // under way

	// Answered requests were, whatever the status; the others Failed, or were
	// given up. A request and all its redirects count as one.
	Answered, Failed int64

	// The bytes of the bodies that were sent, and of those that were received,
	// decompressed.
	BytesOut, BytesIn int64
}

// Requesting is a [Session] that makes HTTP requests. A [Router] is one for all
// its sessions.
type Requesting interface {
	// Requests returns the numbers so far. Any goroutine may call it, and it
	// doesn't block.
	Requests() Requests
}

// plus adds the numbers of another session.
func (r Requests) plus(more Requests) Requests {
	return Requests{r.Active + more.Active, r.Answered + more.Answered, r.Failed + more.Failed, r.BytesOut + more.BytesOut, r.BytesIn + more.BytesIn}
}
