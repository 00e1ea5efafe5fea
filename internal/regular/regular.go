// Package regular reads regular files and nothing else: a named pipe would block
// its reader, and a device never end. It keeps no state; any goroutine may use it.
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

var (
	// ErrKind says that a name stands for something else.
	ErrKind = errors.New("it is no regular file")

	// ErrTooLarge says that a file has more bytes than were asked for.
	ErrTooLarge = errors.New("file is too large")
)

// Read reads a file of at most limit bytes.
func Read(name string, limit int64) ([]byte, error) {
	file, info, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info.Size() > limit {
		return nil, ErrTooLarge
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(content)) > limit {
		return nil, ErrTooLarge
	}
	return content, err
}

// Open opens a file for reading. It looks at what the name stands for before it
// opens it, since opening a device may do something; and again at what it has
// opened, which may be something else by then. It never waits for a pipe.
func Open(name string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, ErrKind
	}
	return open(name)
}

func open(name string) (*os.File, fs.FileInfo, error) {
	file, err := os.OpenFile(name, os.O_RDONLY|atOnce, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrKind
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}
