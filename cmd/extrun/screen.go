package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"github.com/srcnexus/extrun/runtime"
)

// A screen is where everything that a person reads goes. Its methods may be
// called from any goroutine; what one call writes stays together.
type screen struct {
	prefix bool // begin each line with the extension's id; set before use

	mu             sync.Mutex
	stdout, stderr io.Writer
}

func newScreen(stdout, stderr io.Writer) *screen {
	return &screen{stdout: stdout, stderr: stderr}
}

// out writes a text to the standard output as it is.
func (s *screen) out(id, text string) { s.write(s.stdout, id, text) }

// say writes extrun's own words to the standard error.
func (s *screen) say(id, format string, args ...any) {
	s.write(s.stderr, id, "extrun: "+fmt.Sprintf(format, args...)+"\n")
}

func (s *screen) write(to io.Writer, id, text string) {
	if s.prefix && id != "" {
		body := withoutControls(strings.TrimSuffix(text, "\n"))
		text = "[" + id + "] " + strings.ReplaceAll(body, "\n", "\n["+id+"] ") + "\n"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	io.WriteString(to, text)
}

// withoutControls shows control characters instead of obeying them, so that no
// extension can write over the id at the beginning of a line.
func withoutControls(text string) string {
	var out strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			fmt.Fprintf(&out, "\\x%02x", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// console prints what an extension writes to its console.
func (s *screen) console(ext *runtime.Extension, level runtime.ConsoleLevel, text string) {
	to := s.stdout
	if level >= runtime.LevelWarn {
		to = s.stderr
	}
	s.write(to, ext.ID(), text+"\n")
}

// uncaught prints an error that nobody in the extension has caught.
func (s *screen) uncaught(ext *runtime.Extension, err *runtime.ScriptError) {
	s.say(ext.ID(), "uncaught error: %s", err.Detail())
}

// log is the writer for log records, one a line.
func (s *screen) log() io.Writer { return logWriter{s} }

type logWriter struct{ screen *screen }

func (w logWriter) Write(line []byte) (int, error) {
	w.screen.say("", "%s", strings.TrimSuffix(string(line), "\n"))
	return len(line), nil
}
