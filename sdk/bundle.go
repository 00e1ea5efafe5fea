package sdk

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/srcnexus/extrun/internal/patience"
)

// DefaultMaxBytes is how large the sources of an extension may be together.
const DefaultMaxBytes = 16 << 20

// DefaultMaxTime is how long bundling an extension may take.
const DefaultMaxTime = time.Minute

// Input names what is to be bundled.
type Input struct {
	// Entry is the file that is run: JavaScript or TypeScript.
	Entry string

	// Root is the folder of the extension's package, which relative imports
	// can't leave, nor can what they lead to. The default is the entry's folder.
	// Packages are looked for in node_modules folders from the importing file
	// upwards, as Node.js does; those of a workspace may be links.
	Root string

	// MaxBytes bounds the size of all sources together, packages included. The
	// default is DefaultMaxBytes.
	MaxBytes int64

	// MaxTime bounds how long making the bundle may take. The default is
	// DefaultMaxTime. What takes longer can't be interrupted: it is refused, and
	// left to itself, a busy goroutine that may end late.
	MaxTime time.Duration

	// CacheDir is a folder in which bundles are kept for the next time, also for
	// other processes of this user. It is made if it doesn't exist, and may be
	// removed at any time. By default nothing is kept.
	CacheDir string

	trace *trace // notes what the file system is asked, nil if nobody wants to know
}

// A Bundled extension is one script.
type Bundled struct {
	// Code is a classic script. It takes the SDK from the global function
	// require, if any of the sources imports it. An entry that neither imports
	// nor exports anything, in whatever way, is a script already: what it
	// declares is global, and so is its this.
	Code string

	// Map is the source map of Code, version 3, as JSON, without the sources'
	// contents. Its sources are paths relative to the root, with slashes.
	Map []byte

	// Async is set if a source awaits at top level. The completion value of
	// Code is then a promise of the end of the top-level code.
	Async bool

	// Size is how many bytes the sources have together.
	Size int64

	// Warnings are what the author should know although the bundle works.
	Warnings []Message

	// Cached is set if the bundle was found in Input.CacheDir.
	Cached bool `json:"-"`

	// CacheErr says why the bundle could not be kept in Input.CacheDir. The
	// bundle is as good as any.
	CacheErr error `json:"-"`
}

// Bundle makes one script of an extension's sources. It reads files only, and
// only regular ones: nothing is run, and nothing is written but what
// Input.CacheDir asks for. The tsconfig.json nearest to the entry within the
// package is obeyed, with what it extends, but for its target. The error is a
// *BuildError.
//
// Sources may be JavaScript and TypeScript, with JSX, and JSON. Other files are
// imported as strings: of what they say where they are for people to read, such
// as .txt, .md, .html and .css, and of base64 where they aren't, such as images.
// The import attribute type, one of "text", "json", "base64" and "bytes", has it
// otherwise.
func Bundle(input Input) (*Bundled, error) {
	input, err := input.complete()
	if err != nil {
		return nil, err
	}
	cache, cacheErr := newCache(input)
	if bundled := cache.load(); bundled != nil {
		return bundled, nil
	}
	if cache != nil {
		input.trace = &trace{}
	}
	bundled, err := inTime(input.MaxTime, func() (*Bundled, error) { return bundle(input) })
	if err == nil {
		bundled.CacheErr = cmp.Or(cacheErr, cache.save(bundled, input.trace))
	}
	return bundled, err
}

// inTime waits for a bundle no longer than limit. The error is a *BuildError.
func inTime(limit time.Duration, make func() (*Bundled, error)) (*Bundled, error) {
	bundled, err := patience.Wait(limit, make)
	if err == patience.ErrOver {
		return nil, refusal("bundling takes longer than %v, which is the most that it may take: split the largest sources, or bundle them beforehand", limit)
	}
	return bundled, err
}

// bundle runs esbuild on a complete input: as often as it takes to know whether
// the entry is a script by itself, or a module with all that it imports, one
// that awaits at top level perhaps.
func bundle(input Input) (*Bundled, error) {
	b, err := newBundling(input)
	if err != nil {
		return nil, err
	}
	b.readEntry()
	if !b.mayBeModule() {
		if script := b.script(); script != nil {
			return script, nil
		}
	}
	result := b.run(asBundle)
	if usesTopLevelAwait(result.errors) {
		bundled, err := b.run(asAsync).bundled()
		if err == nil {
			bundled.Async = true
		}
		return bundled, err
	}
	bundled, err := result.bundled()
	if err != nil {
		return nil, err
	}
	if b.mayBeScript(result) {
		if script := b.script(); script != nil {
			return script, nil
		}
	}
	if result.onlyModules() {
		bundled.Code = `"use strict";` + bundled.Code // on a line that the map says nothing of
	}
	return bundled, nil
}

// complete fills in the defaults and makes both paths absolute and free of
// symbolic links, so that one can be told to be inside the other.
func (in Input) complete() (Input, error) {
	if in.MaxBytes <= 0 {
		in.MaxBytes = DefaultMaxBytes
	}
	if in.MaxTime <= 0 {
		in.MaxTime = DefaultMaxTime
	}
	entry, err := realPath(in.Entry)
	if err != nil {
		return in, refusal("can't run %s: %s", in.Entry, causeOf(err))
	}
	if info, err := os.Stat(entry); err == nil && info.IsDir() {
		return in, refusal("can't run %s: it is a folder; name the file to run, or give its folder a manifest.json with a main", in.Entry)
	}
	if in.Root == "" {
		in.Root = filepath.Dir(entry)
	}
	root, err := realPath(in.Root)
	if err != nil {
		return in, refusal("can't use %s as the package root: %s", in.Root, causeOf(err))
	}
	if !within(root, entry) {
		return in, refusal("can't run %s: it is outside of its package, %s", in.Entry, in.Root)
	}
	if len(relativeTo(root, entry)) > maxEntryName {
		return in, refusal("can't run %s: its path within the package is longer than %d bytes", in.Entry, maxEntryName)
	}
	in.Entry, in.Root = entry, root
	return in, nil
}

// maxEntryName bounds the entry's path within the package, which stands wherever
// a source says __filename or import.meta.url.
const maxEntryName = 512

func realPath(name string) (string, error) {
	if name == "" {
		return "", fmt.Errorf("no path given")
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}

// within reports whether a path is inside a folder; both are absolute and clean.
func within(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// relativeTo is how messages name a file: relative to the package, with slashes.
func relativeTo(root, name string) string {
	if rel, err := filepath.Rel(root, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}
