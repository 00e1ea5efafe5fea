package hostnet

import (
	"io"
	"slices"
)

const (
	// keptBytes is how large a gathering buffer an idle connection may keep.
	keptBytes = 4 << 10

	// pieceBytes is how much the system must take before that counts as progress,
	// where it doesn't take more at once.
	pieceBytes = 64 << 10
)

// A frameWriter writes a client's frames. It gathers them, masked, until there is
// a block of them: one system call carries many small messages, or much of a
// large one. One goroutine uses it at a time.
type frameWriter struct {
	to       io.Writer
	attempt  *attempt // the same, without waiting; nil where that can't be
	blocks   *blocks
	progress func() // called whenever the system has taken something

	out     []byte      // gathered, and not yet written
	gather  *block      // what out is in, once it is too large to be kept
	large   *largeBlock // what it is in while a large message is written
	flushed int64       // bytes of the stream that the system has taken
}

// message gathers the frame of a message, and writes what has no room.
func (w *frameWriter) message(opcode byte, payload []byte) error {
	if err := w.makeRoom(maxHead + len(payload)); err != nil {
		return err
	}
	var m mask
	w.out, m = appendHead(w.out, opcode, len(payload))
	for {
		part := payload[:min(len(payload), cap(w.out)-len(w.out))]
		w.out = m.appendTo(w.out, part)
		if payload = payload[len(part):]; len(payload) == 0 {
			return nil
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
}

// control gathers control frames.
func (w *frameWriter) control(frames []byte) error {
	if err := w.makeRoom(len(frames)); err != nil {
		return err
	}
	w.out = append(w.out, frames...)
	return nil
}

// makeRoom makes room for n bytes, or for a part of them where they are many.
func (w *frameWriter) makeRoom(n int) error {
	switch {
	case w.large != nil, w.gather != nil && n < largeBlockBytes:
		if cap(w.out)-len(w.out) < min(n, keptBytes) {
			return w.flush()
		}
	case n >= largeBlockBytes:
		w.large = w.blocks.getLarge()
		w.out = append(w.large[:0], w.out...)
	case len(w.out)+n > keptBytes:
		w.gather = w.blocks.get()
		w.out = append(w.gather[:0], w.out...)
	default:
		w.out = slices.Grow(w.out, n)
	}
	return nil
}

// place is how much of the stream was written or gathered.
func (w *frameWriter) place() int64 { return w.flushed + int64(len(w.out)) }

// flush hands what was gathered to the operating system. It blocks while the
// server doesn't read.
func (w *frameWriter) flush() error {
	rest := w.out
	w.out = w.out[:0]
	for len(rest) > 0 {
		n, err := w.give(rest)
		rest = rest[n:]
		w.flushed += int64(n)
		if err != nil {
			return err
		}
		w.progress()
	}
	return nil
}

// give writes what the system takes at once, or waits until it has taken a
// piece.
func (w *frameWriter) give(p []byte) (int, error) {
	if len(p) > pieceBytes {
		if n, err := w.attempt.write(p); n > 0 || err != nil {
			return n, err
		}
	}
	return w.to.Write(p[:min(len(p), pieceBytes)])
}

// rest gives memory back until there is more to write.
func (w *frameWriter) rest() {
	if w.gather == nil && w.large == nil {
		return
	}
	w.blocks.put(w.gather)
	w.blocks.putLarge(w.large)
	w.gather, w.large, w.out = nil, nil, nil
}
