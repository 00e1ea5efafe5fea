package main

import "bytes"

// text is a frame of size bytes of text.
func text(size int) []byte {
	return append(appendHead(nil, final|opText, uint64(size)), bytes.Repeat([]byte{'x'}, size)...)
}

// flood sends n texts of size bytes, many in one write.
func (c *conn) flood(n, size int) error {
	frame := text(size)
	at := max(1, min(n, largeBuffer/len(frame)))
	block := bytes.Repeat(frame, at)
	for ; n > 0; n -= at {
		if _, err := c.raw.Write(block[:min(n, at)*len(frame)]); err != nil {
			return err
		}
	}
	return nil
}
