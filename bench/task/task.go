// Package task is what the programs under measurement and their server are told,
// and what they answer. It has no goroutines.
package task

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Task is what one program is to do; each reads the fields that it needs.
type Task struct {
	// Program is its name: echo, json, flood, start, crowd.
	Program string `json:"program"`

	// URL is the WebSocket that it opens.
	URL string `json:"url"`

	// Count is how many messages it exchanges or receives, InFlight how many are
	// under way at a time.
	Count    int `json:"count"`
	InFlight int `json:"inFlight"`

	// Kind and Size, in bytes, are those of the message that it sends.
	Kind Kind `json:"kind"`
	Size int  `json:"size"`

	// Stay says that it keeps the socket open, until it is killed.
	Stay bool `json:"stay"`

	// Members is how many extensions or workers a crowd has. Collect says that
	// it gives back the memory it doesn't need, before it says that it is ready.
	Members int  `json:"members"`
	Collect bool `json:"collect"`
}

// A Kind is what a message consists of.
type Kind string

// The kinds of messages.
const (
	ASCII    Kind = "ascii"
	NonASCII Kind = "nonascii" // letters of two bytes each
	Binary   Kind = "binary"
)

// A Result is what a program writes on its standard output, as one line of
// JSON.
type Result struct {
	// Milliseconds is how long the exchange took.
	Milliseconds float64 `json:"ms"`

	// CPU and Wall are the microseconds that the last tenth of a crowd took to
	// become ready, by member.
	CPU  float64 `json:"cpu"`
	Wall float64 `json:"wall"`
}

// Usage is what a program has used in all: nanoseconds, and bytes.
type Usage struct {
	Wall time.Duration `json:"wall"` // from its start to its end
	CPU  time.Duration `json:"cpu"`
	Peak int64         `json:"peak"`
}

// Payload is the message that the task sends.
func (t Task) Payload() string {
	switch t.Kind {
	case NonASCII:
		return strings.Repeat("я", t.Size/2)
	case Binary:
		return strings.Repeat("\x00\xff\x80\x7f", t.Size/4)
	}
	return strings.Repeat("x", t.Size)
}

const fileName = "task.js"

// Write puts the task into a folder, where programs in JavaScript import it.
func (t Task) Write(dir string) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, fileName), fmt.Appendf(nil, "export const task = %s;\n", text), 0o644)
}

// Read reads it back.
func Read(dir string) (t Task, err error) {
	text, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		return t, err
	}
	_, value, _ := strings.Cut(string(text), "=")
	return t, json.Unmarshal([]byte(strings.TrimRight(value, ";\n")), &t)
}
