package hostnet

import (
	"bytes"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// sizesOfFrames are those at which a head, a mask or the memory of a frame
// changes.
var sizesOfFrames = []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 63, 64, 65, 125, 126, 127, 65535, 65536, 65537,
	keptBytes - maxHead, keptBytes, blockBytes - 8, blockBytes, blockBytes + 1,
	largeBlockBytes - maxHead - 1, largeBlockBytes - maxHead, largeBlockBytes, 3*largeBlockBytes + 5}

// numbers are size bytes of which neighbours, and blocks, differ.
func numbers(size int) string {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return string(b)
}

// TestFramesOfAllSizes sends each size behind another that has left room, and
// through both kinds of connection: one that takes what it can at once, and one
// that doesn't.
func TestFramesOfAllSizes(t *testing.T) {
	for name, connect := range map[string]func(*fixture, func(*hostnettest.Peer)) string{
		"TCP": func(f *fixture, script func(*hostnettest.Peer)) string {
			return f.connect(hostnettest.ServePeers(t, script))
		},
		"pipe": piped,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, Options{})
			frames := make(chan received, 1)
			id := connect(f, collect(frames))
			for _, size := range sizesOfFrames {
				want := numbers(size)
				f.start("wsSend", object("connectionId", id, "data", []byte("first")))
				f.start("wsSend", object("connectionId", id, "data", []byte(want)))
				if got := <-frames; got != (received{hostnettest.Binary, "first"}) {
					t.Fatalf("before a message of %d bytes: %.60v", size, got)
				}
				if got := <-frames; got != (received{hostnettest.Binary, want}) {
					t.Fatalf("a message of %d bytes arrived as %d: %.60v", size, len(got.payload), got)
				}
			}
		})
	}
}

// piped opens a connection in memory.
func piped(f *fixture, script func(*hostnettest.Peer)) string {
	id, peer := f.pipe()
	go script(peer)
	return id
}

func TestMasksDiffer(t *testing.T) {
	seen := make(map[string]bool)
	for range 100 {
		frame := controlFrame(opPing, nil)
		if len(frame) != 6 || !bytes.Equal(frame[:2], []byte{0x80 | opPing, 0x80}) || seen[string(frame[2:])] {
			t.Fatalf("frame %x", frame)
		}
		seen[string(frame[2:])] = true
	}
}
