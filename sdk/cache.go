package sdk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/srcnexus/extrun/internal/regular"
)

// maxEntryBytes bounds one entry of a cache.
const maxEntryBytes = 64 << 20

// A cache keeps the bundle of one input in a folder, from one process to the
// next. It trusts nothing that it finds there: an entry counts only if this user
// alone could write it, if it is whole, and if all that was read to make it
// still reads the same.
//
// Several processes may use a folder at the same time: entries are replaced as
// a whole. On nil a cache is always empty and keeps nothing.
type cache struct {
	folder string
	key    digest
}

// newCache returns the cache for a complete input: nil, without an error, if the
// input names no folder for one.
func newCache(input Input) (*cache, error) {
	if input.CacheDir == "" {
		return nil, nil
	}
	bundler, err := bundlerIdentity()
	if err != nil {
		return nil, err
	}
	rest := input
	rest.Entry, rest.Root, rest.CacheDir = "", "", ""
	options, err := json.Marshal(rest)
	if err != nil {
		return nil, err
	}
	key := sha256.New()
	fmt.Fprintf(key, "%x %q %q %s", bundler, input.Entry, input.Root, options)
	return &cache{folder: input.CacheDir, key: digest(key.Sum(nil))}, nil
}

// load returns the bundle that is kept, or nil if there is none that holds.
func (c *cache) load() *Bundled {
	if c == nil || checkFolder(c.folder) != nil {
		return nil
	}
	content, err := c.read()
	if err != nil {
		return nil
	}
	bundled, err := decodeEntry(c.key, content)
	if err != nil {
		return nil
	}
	bundled.Cached = true
	return bundled
}

// read returns the entry's bytes if nobody but this user can have written them.
func (c *cache) read() ([]byte, error) {
	file, err := os.OpenFile(c.path(), os.O_RDONLY|openSafely, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxEntryBytes {
		return nil, regular.ErrKind
	}
	if err := checkOwner(info); err != nil {
		return nil, err
	}
	content := make([]byte, info.Size())
	if _, err := io.ReadFull(file, content); err != nil {
		return nil, err
	}
	if time.Since(info.ModTime()) > usedAnew {
		os.Chtimes(c.path(), time.Time{}, time.Now()) // if it can't be, it is pruned sooner
	}
	return content, nil
}

// save keeps a bundle that was made while t watched, in place of what is there.
// The error says why it could not.
func (c *cache) save(bundled *Bundled, t *trace) error {
	if c == nil {
		return nil
	}
	content, err := encodeEntry(c.key, bundled, t)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return err
	}
	if err := checkFolder(c.folder); err != nil {
		return err
	}
	if err := c.replace(content); err != nil {
		return err
	}
	prune(c.folder, time.Now())
	return nil
}

// replace writes the entry beside its place and moves it there.
func (c *cache) replace(content []byte) error {
	file, err := os.CreateTemp(c.folder, "*"+unfinished) // for this user only
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), c.path())
	}
	if err != nil && os.Remove(c.path()) == nil { // nothing can be renamed over a folder
		err = os.Rename(file.Name(), c.path())
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}

func (c *cache) path() string {
	return filepath.Join(c.folder, hex.EncodeToString(c.key[:])+finished)
}

// checkFolder refuses a folder that others can write in.
func checkFolder(folder string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is no folder", folder)
	}
	if err := checkOwner(info); err != nil {
		return fmt.Errorf("%s %w", folder, err)
	}
	return nil
}
