package hostnet

import (
	"errors"
	"io"
	"net/http"
	"sync/atomic"
)

// firstBody is the most that a body gets at first, in bytes; more only as it
// arrives, whatever the server announces.
const firstBody = 4 << 10

// A sentBody is a body as the server sends it. It remembers what went wrong, so
// that this can be told from what is wrong with the compression.
type sentBody struct {
	from io.Reader
	left int64
	err  error
}

func (s *sentBody) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.from.Read(p)
	if s.left -= int64(n); s.left < 0 {
		err = errLargeBody
	}
	s.err = err
	return n, err
}

// readBody reads a body into the answer, and reports whether it has come to its
// end.
func (x *fetch) readBody(conn *httpConn, answer *http.Response, into *response) (whole bool, err error) {
	sent := &sentBody{from: answer.Body, left: x.fetcher.namespace.opts.MaxBody}
	decoded, err := x.undoCodings(sent, answer.Header["Content-Encoding"])
	if err == nil {
		into.body, err = x.readAll(decoded, answer.ContentLength)
	}
	switch {
	case errors.Is(sent.err, errLargeBody), errors.Is(err, errLargeBody):
		return false, x.fetcher.namespace.tooLarge()
	case sent.err != nil && sent.err != io.EOF:
		return false, conn.bodyError(sent.err)
	case err != nil:
		return false, err
	case sent.err == nil: // The end of what is compressed need not be that of the body.
		sent.Read(make([]byte, 1))
	}
	return sent.err == io.EOF, nil
}

// bodyError tells why a body ended before its end.
func (c *httpConn) bodyError(err error) error {
	switch {
	case isBroken(err):
		return c.brokenError(err)
	case err == io.ErrUnexpectedEOF:
		return errCutShort
	}
	return errFraming
}

// readAll reads all of a body. What it reads from bounds it.
func (x *fetch) readAll(from io.Reader, announced int64) ([]byte, error) {
	limit := x.fetcher.namespace.opts.MaxBody
	size := min(max(announced+1, 512), firstBody)
	var data []byte
	for {
		if len(data) == cap(data) {
			if err := x.hold(size - int64(cap(data))); err != nil {
				return nil, err
			}
			data = append(make([]byte, 0, size), data...)
			size = min(2*size, max(limit, size)+1)
		}
		n, err := from.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// A budget is what the bodies of an extension take together, in bytes.
type budget struct{ used atomic.Int64 }

func (b *budget) free(n int64) { b.used.Add(-n) }

// hold takes more of the budget, or refuses to. It is given back at the end.
func (x *fetch) hold(n int64) error {
	limit := x.fetcher.namespace.opts.MaxFetchBytes
	if x.fetcher.budget.used.Add(n) > limit {
		x.fetcher.budget.free(n)
		return refuse(CodeLimit, "the bodies of the requests that this extension has under way may have %d bytes together", limit)
	}
	x.held += n
	return nil
}
