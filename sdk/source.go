package sdk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/internal/badutf8"
	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/internal/regular"
)

// loadFile reads a source for esbuild, after it has made sure that the file may
// be part of the bundle and that esbuild can survive it.
func (p *plugin) loadFile(args api.OnLoadArgs) (api.OnLoadResult, error) {
	if !p.homes.allow(args.Path) {
		return api.OnLoadResult{}, fmt.Errorf("%q is outside of the package that imports it", relativeTo(p.input.Root, args.Path))
	}
	source, loader, err := p.admit(args)
	if err != nil {
		return p.refuse(args.Path, err)
	}
	if fault := p.examine(args.Path, source, loader); fault != nil {
		return api.OnLoadResult{Errors: []api.Message{*fault}}, nil
	}
	if isCode(loader) {
		if at, err := p.patterns(source, args.Path); p.bundles && err != nil {
			return api.OnLoadResult{Errors: []api.Message{*p.fault(args.Path, source, at, err.Error())}}, nil
		}
		p.input.trace.maps(source, filepath.Dir(args.Path))
		source = withoutForeignMaps(source, filepath.Dir(args.Path), p.input.Root)
		loader = withTags(loader, withoutHashbang(source))
	}
	text := string(source)
	return api.OnLoadResult{Contents: &text, Loader: loader, ResolveDir: filepath.Dir(args.Path)}, nil
}

// admit reads a file of the package, if it is of a kind that may be part of the
// bundle, and says how it is read.
func (p *plugin) admit(args api.OnLoadArgs) ([]byte, api.Loader, error) {
	name := relativeTo(p.input.Root, args.Path)
	p.input.trace.found(args.Path)
	if p.ignored.disable(args.Path) {
		return nil, api.LoaderJS, nil
	}
	loader, err := p.loaderOf(args)
	if err != nil {
		return nil, 0, fmt.Errorf("%s %w", name, err)
	}
	source, err := regular.Read(args.Path, p.input.MaxBytes)
	if err == nil && !p.read.take(args.Path, int64(len(source)), p.input.MaxBytes) {
		err = regular.ErrTooLarge
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%s %s", name, p.explain(args.Path, err))
	}
	p.input.trace.file(args.Path, source)
	return source, loader, nil
}

// refuse says that a file can't be part of the bundle. One that no source names,
// and that only matches a pattern such as require("./" + name), doesn't fail the
// bundle: it fails when it is required.
func (p *plugin) refuse(file string, err error) (api.OnLoadResult, error) {
	if p.named.has(file) || p.homes.link(file) != "" {
		return api.OnLoadResult{}, err
	}
	text := "throw new Error(" + literal(err.Error()) + ")"
	return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
}

// withoutHashbang makes a comment of a source's first line, if it is for a shell.
func withoutHashbang(source []byte) []byte {
	if start := bytes.TrimPrefix(source, []byte("\ufeff")); bytes.HasPrefix(start, []byte("#!")) {
		copy(start, "//")
	}
	return source
}

// examine looks for what esbuild would not survive or would read as something else.
func (p *plugin) examine(name string, source []byte, loader api.Loader) *api.Message {
	if loader == api.LoaderBase64 || loader == api.LoaderBinary {
		return nil
	}
	if at := badutf8.Index(source); at >= 0 {
		return p.fault(name, source, at, fmt.Sprintf("this byte, 0x%02x, is not UTF-8: save the file in that encoding", source[at]))
	}
	if loader == api.LoaderText {
		return nil
	}
	if deep, ok := errors.AsType[*nesting.TooDeep](nesting.Check(string(source), 0)); ok {
		return p.message(name, deep.Line, deep.Column, deep.Reason())
	}
	typed := loader == api.LoaderTS || loader == api.LoaderTSX
	if isCode(loader) && p.enums.check(source, typed) {
		return p.message(name, 1, 1, "the texts of enums grow too long, or are used too often: write them as constants")
	}
	if loader == api.LoaderJS || loader == api.LoaderJSON || bytes.Count(source, []byte("<")) <= maxAngles {
		return nil
	}
	return p.message(name, 1, 1, fmt.Sprintf("more than %d < in one file of TypeScript or JSX: split the file", maxAngles))
}

// fault is a message about the byte at an offset of a file.
func (p *plugin) fault(name string, source []byte, at int, text string) *api.Message {
	start := bytes.LastIndexByte(source[:at], '\n') + 1
	return p.message(name, bytes.Count(source[:start], []byte{'\n'})+1, at-start+1, text)
}

// message is about a place in a file; line and column count from 1.
func (p *plugin) message(name string, line, column int, text string) *api.Message {
	return &api.Message{Text: text, Location: &api.Location{
		File: relativeTo(p.input.Root, name), Line: line, Column: column - 1, Length: 1,
	}}
}

func (p *plugin) explain(name string, err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		if other := inOtherLetters(name); other != "" {
			return fmt.Sprintf("doesn't exist, but %s does: write the name in the same letters", other)
		}
		return "doesn't exist, or only in other letters"
	}
	if errors.Is(err, regular.ErrTooLarge) {
		return fmt.Sprintf("is too large: the sources of an extension may have %d bytes together", p.input.MaxBytes)
	}
	return "can't be read: " + causeOf(err)
}

// inOtherLetters is the file that a name means where capital letters are as good
// as small ones, or empty.
func inOtherLetters(name string) string {
	entries, _ := os.ReadDir(filepath.Dir(name)) // without any, the error stays as it is
	for _, entry := range entries {
		if strings.EqualFold(entry.Name(), filepath.Base(name)) {
			return entry.Name()
		}
	}
	return ""
}

// maxAngles bounds the tags and type arguments of a source. They nest without
// brackets that package nesting counts, and esbuild recurses into them.
const maxAngles = 200_000
