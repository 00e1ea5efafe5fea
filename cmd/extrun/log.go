package main

import (
	"context"
	"log/slog"

	"github.com/srcnexus/extrun/runtime"
)

// newLog is what the host logs to: lines of text without a time, on the screen.
func newLog(s settings, screen *screen) *slog.Logger {
	text := slog.NewTextHandler(screen.log(), &slog.HandlerOptions{Level: s.logLevel, ReplaceAttr: withoutTime})
	return slog.New(unshown{text})
}

// unshown leaves out the records of errors that the screen shows in full.
type unshown struct{ slog.Handler }

func (h unshown) Handle(ctx context.Context, record slog.Record) error {
	shown := false
	record.Attrs(func(attr slog.Attr) bool {
		_, shown = attr.Value.Any().(*runtime.ScriptError)
		return !shown
	})
	if shown {
		return nil
	}
	return h.Handler.Handle(ctx, record)
}

func (h unshown) WithAttrs(attrs []slog.Attr) slog.Handler {
	return unshown{h.Handler.WithAttrs(attrs)}
}

func (h unshown) WithGroup(name string) slog.Handler { return unshown{h.Handler.WithGroup(name)} }

func withoutTime(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) == 0 && attr.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return attr
}
