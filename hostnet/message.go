package hostnet

import (
	"bytes"
	"encoding/base64"
	"io"
	"unsafe"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/internal/badutf8"
	"github.com/srcnexus/extrun/runtime/rpc"
)

const (
	// generosity is how much memory a message that is longer than a block gets
	// at most, for each byte of it that has come: what a server announces costs
	// it nothing.
	generosity = 16

	// readAhead is how much the library may have read that it has not yet given
	// out.
	readAhead = 4 << 10
)

// readAll reads one message into memory of its own.
func (c *conn) readAll(from io.Reader) ([]byte, error) {
	first := c.wire.blocks.get()
	defer c.wire.blocks.put(first)
	size, buffer := 0, first[:]
	for {
		n, err := from.Read(buffer[size:])
		size += n
		if err == io.EOF || err == nil && size < len(buffer) && !c.wire.frames.parted {
			break // Else there may be another fragment: a read ends where its frame does.
		}
		if err != nil {
			return nil, err
		}
		if size == len(buffer) {
			buffer = append(make([]byte, 0, c.roomier(size)), buffer...)
			buffer = buffer[:cap(buffer)]
		}
	}
	if size <= len(first) || size < len(buffer)/2 {
		return bytes.Clone(buffer[:size]), nil
	}
	return buffer[:size:size], nil
}

// roomier is the size of the next buffer for a message of which size bytes have
// come: what is still to come, as far as that is known.
func (c *conn) roomier(size int) int {
	if left, known := c.wire.frames.remaining(); known {
		return int(min(generosity*int64(size), int64(size)+left+readAhead+1))
	}
	return 2 * size
}

// eventData is what the handlers of a message receive. The payload belongs to
// it. The base64 of a binary message is made when it is first asked for, from
// the bytes as they are then: an extension that changes them before that
// changes both.
func eventData(kind websocket.MessageType, payload []byte) (rpc.Object, error) {
	if kind == websocket.MessageBinary {
		encoded := rpc.NewLazy(func() any { return base64.StdEncoding.EncodeToString(payload) })
		return rpc.Object{{Name: "data", Value: encoded}, {Name: "binary", Value: true}, {Name: "bytes", Value: payload}}, nil
	}
	if badutf8.Index(payload) >= 0 {
		return nil, &protocolError{closeInvalidText, "the server sent text that is not valid UTF-8"}
	}
	// Nobody else has the payload, and nobody changes it: no copy is needed.
	return rpc.Object{{Name: "data", Value: unsafe.String(unsafe.SliceData(payload), len(payload))}}, nil
}

// outgoingData turns the data of wsSend into a frame's opcode and payload. The
// payload must not be changed.
func outgoingData(data any) (opcode byte, payload []byte, err error) {
	if lazy, ok := data.(rpc.Lazy); ok {
		data = lazy.Value()
	}
	switch data := data.(type) {
	case string:
		// Whoever sends it only reads it.
		return opText, unsafe.Slice(unsafe.StringData(data), len(data)), nil
	case []byte:
		return opBinary, data, nil
	}
	payload, err = encodeJSON(data)
	return opText, payload, err
}
