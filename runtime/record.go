package runtime

import (
	"context"
	"log/slog"
	"strings"
)

// A fault is what a log record is about, under the key "fault", for whoever
// filters records. [Options.Logger] lists them.
type fault string

const (
	faultSlow     fault = "slow_turn"
	faultTurn     fault = "turn_limit"
	faultHeap     fault = "heap_limit"
	faultHostHeap fault = "host_heap"
	faultZombie   fault = "zombie"
	faultPanic    fault = "host_panic"
	faultFailed   fault = "failed"
	faultLoad     fault = "load_timeout"
	faultDispose  fault = "dispose_timeout"
	faultSession  fault = "session"
	faultUncaught fault = "uncaught"
	faultMessage  fault = "bad_message"
)

// record tells the log of one fault.
func (e *Extension) record(level slog.Level, f fault, text string, args ...any) {
	e.log.Log(context.Background(), level, text, append([]any{"fault", string(f)}, args...)...)
}

// recordMessage tells the log of a message that can't be understood. Parts of
// it may be as long as the extension likes.
func (e *Extension) recordMessage(text string, args ...any) {
	for i, arg := range args {
		if part, ok := arg.(string); ok && len(part) > maxShownPart {
			args[i] = strings.ToValidUTF8(part[:maxShownPart], "") + "…"
		}
	}
	e.record(slog.LevelWarn, faultMessage, text, args...)
}

// maxShownPart bounds what a record repeats of a message, in bytes.
const maxShownPart = 200

// recordEnd tells the log of an end that is a fault. One that was asked for is
// none, and one that its author is told of as the error of loading is not worth
// a warning.
func (e *Extension) recordEnd(outcome State) {
	e.mu.Lock()
	err, cause := e.err, e.cause
	e.mu.Unlock()
	switch outcome {
	case Failed:
		e.record(slog.LevelInfo, cause, "the extension could not be loaded", "error", err)
	case Crashed:
		e.record(slog.LevelWarn, cause, "the extension has crashed", "error", err)
	}
}

// heapTooLarge tells the log that the heap is past the limit, and not because of
// an extension.
func (h *Host) heapTooLarge(live uint64) {
	h.options.Logger.Error("the heap is past its limit, but no extension has made it grow; the memory is the embedder's",
		"fault", string(faultHostHeap), "heap", live, "limit", h.options.MaxHeap)
}
