package main

import (
	"io"
	"net"
)

// The buffer of a connection begins small, because a thousand may be open and
// silent, and grows with what its client sends at once.
const (
	smallBuffer = 4 << 10
	largeBuffer = 256 << 10
)

// A conn turns what its client sends into what an echo sends back. It belongs
// to one goroutine.
type conn struct {
	raw net.Conn
	in  []byte // what was read begins here
	out []byte // the answer to what was read

	kept int    // bytes at the start of in, of a head that is not there whole
	left uint64 // bytes of the payload that are still to come
	head head   // of the frame whose payload is coming
	last bool   // that frame is a close frame
	over bool   // a close frame has come whole
}

func newConn(raw net.Conn) *conn { return &conn{raw: raw, in: make([]byte, smallBuffer)} }

// echo sends everything back until the client closes or is gone.
func (c *conn) echo() {
	for !c.over {
		if _, err := c.read(); err != nil {
			return
		}
		if c.answer() != nil {
			return
		}
	}
}

// await returns when a message has come, and drops it.
func (c *conn) await() error {
	for {
		if n, err := c.read(); n > 0 || err != nil {
			return err
		}
		if c.over {
			return io.EOF
		}
	}
}

// read waits for one read of the connection, puts the answer to it into out,
// and returns how many messages it brought, counted where their last frame
// begins.
func (c *conn) read() (messages int, err error) {
	n, err := c.raw.Read(c.in[c.kept:])
	if err != nil {
		return 0, err
	}
	full := c.kept+n == len(c.in)
	messages, rest := c.consume(c.in[:c.kept+n])
	if full && len(c.in) < largeBuffer {
		c.in = make([]byte, largeBuffer)
	}
	c.kept = copy(c.in, rest)
	return messages, nil
}

// answer writes what read has put into out.
func (c *conn) answer() error {
	if len(c.out) == 0 {
		return nil
	}
	_, err := c.raw.Write(c.out)
	return err
}

// consume puts the answer to b into out. rest is the head at its end that is
// not there whole.
func (c *conn) consume(b []byte) (messages int, rest []byte) {
	c.out = c.out[:0]
	for {
		part := b[:min(uint64(len(b)), c.left)]
		c.out, c.head.mask = appendUnmasked(c.out, part, c.head.mask)
		c.left -= uint64(len(part))
		b = b[len(part):]
		if c.over = c.last && c.left == 0; c.over || c.left > 0 {
			return messages, nil
		}
		h, size := parseHead(b)
		if size == 0 {
			return messages, b
		}
		b = b[size:]
		messages += c.begin(h)
	}
}

// begin puts the head of the answer to a frame into out, and returns 1 for the
// last frame of a message.
func (c *conn) begin(h head) int {
	c.head, c.left = h, h.length
	switch h.first & opcode {
	case opClose:
		c.last = true
	case opPing:
		h.first = final | opPong
	}
	c.out = appendHead(c.out, h.first, h.length)
	if h.first&final == 0 || h.first&isControl != 0 {
		return 0
	}
	return 1
}
