package hostnet

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// writeGrace is how long a request may still be written when its answer has
// come already.
const writeGrace = 100 * time.Millisecond

// A response is the server's answer to one exchange.
type response struct {
	status     int
	statusText string
	header     http.Header
	body       []byte // decompressed; nil where a redirect is followed
	complete   bool   // nothing more of it is to come
}

// exchange sends the request and reads the answer. Giving up closes the
// connection. After a whole exchange it is kept for the next request.
func (x *fetch) exchange(conn *httpConn) (*response, error) {
	message, written := x.request.message(), make(chan error, 1)
	answer, err := interruptible(x.ctx, conn.way.raw, func() (*response, error) {
		x.write(conn, message, written)
		return x.read(conn, message)
	})
	if err != nil || !answer.complete {
		conn.close()
		<-written
		return answer, err
	}
	conn.SetWriteDeadline(time.Now().Add(writeGrace))
	if failed := <-written; failed == nil && conn.SetWriteDeadline(time.Time{}) == nil {
		x.fetcher.putIdle(conn)
	} else {
		conn.close()
	}
	return answer, nil
}

// write writes the request, a body on a goroutine of its own: the server may
// answer before it has read all of it.
func (x *fetch) write(conn *httpConn, message *http.Request, written chan<- error) {
	if message.Body == nil {
		written <- message.Write(conn)
		return
	}
	x.fetcher.wg.Go(func() { written <- message.Write(conn) })
}

// read reads the answer, and its body unless nobody wants it.
func (x *fetch) read(conn *httpConn, message *http.Request) (*response, error) {
	answer, err := conn.readAnswer(message)
	if err != nil {
		return nil, err
	}
	_, text, _ := strings.Cut(answer.Status, " ")
	r := &response{status: answer.StatusCode, statusText: text, header: answer.Header}
	whole := false
	if x.request.follows(r.status, r.header) || r.status == http.StatusResetContent {
		whole = conn.skip(answer)
	} else {
		whole, err = x.readBody(conn, answer, r)
	}
	r.complete = whole && !answer.Close
	return r, err
}

// skip passes over a body that has come already, and reports whether it has.
func (c *httpConn) skip(answer *http.Response) bool {
	if n := answer.ContentLength; answer.Body != http.NoBody && (n < 0 || n > int64(c.reader.Buffered())) {
		return false
	}
	_, err := io.Copy(io.Discard, answer.Body)
	return err == nil
}
