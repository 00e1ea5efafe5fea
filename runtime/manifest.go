package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/srcnexus/extrun/internal/regular"
	"github.com/srcnexus/extrun/runtime/internal/jsondoc"
)

// manifestName is the file that describes an extension.
const manifestName = "manifest.json"

// maxManifest is the largest manifest or package.json that is read, in bytes.
const maxManifest = 1 << 20

// A Manifest is the content of an extension's manifest.json. Fields that are
// not listed here are allowed and ignored; null counts as absent.
type Manifest struct {
	ID               string // required
	Name             string // required
	Version          string // required; semver
	Main             string // the entry file, within the package
	Description      string
	Author           string
	Icon             string // a file within the package
	Categories       []string
	Files            []string // what belongs to the published package
	Ignore           []string // what doesn't, as globs
	ActivationEvents []string
	EngineVersion    string // a range of versions of the platform, such as ">=0.1.0"

	// Permissions are those that the platform knows, each once: "terminal",
	// "fileSystem" (also written "fs") and "projectCreate".
	Permissions []string

	Contributes Contributions
}

// Contributions are what an extension adds to the editor before it runs. This
// host keeps them for the program that it is part of. Ids are unique in each list.
type Contributions struct {
	Commands             []CommandContribution
	CodeMirrorExtensions []CodeMirrorContribution
	Themes               []ThemeContribution
}

// A CommandContribution is the place of a command in the palette.
type CommandContribution struct {
	ID          string
	Label       string // default: the part of ID behind the last dot
	Description string
	Category    string // default "Extensions"
}

// A CodeMirrorContribution is an extension of the text editor: the body of a
// function, or a file of the package with parameters for it.
type CodeMirrorContribution struct {
	ID             string
	JSCode         string          // empty where File is given
	File           string          // empty where JSCode is given
	Params         json.RawMessage // for File; nil without
	FileExtensions []string        // none: for all files
	Description    string
}

// A ThemeContribution is a set of colours, each as #rgb, #rrggbb or #rrggbbaa.
type ThemeContribution struct {
	ID, Label    string
	Type         string // "dark" or "light"
	AppColors    map[string]string
	EditorColors map[string]string
	TokenColors  map[string]string
}

// A ManifestError says what is wrong with a manifest, by field.
type ManifestError struct {
	Path         string // the manifest's
	Line, Column int    // from 1, Column in UTF-16 units; 0 where something is missing
	Field        string // such as "contributes.themes[1].type"; empty where the whole file is meant
	Reason       string
}

func (e *ManifestError) Error() string {
	text := e.Path
	if e.Line > 0 {
		text = fmt.Sprintf("%s:%d:%d", text, e.Line, e.Column)
	}
	if e.Field != "" {
		text += fmt.Sprintf(": field %q", e.Field)
		return text + " " + e.Reason
	}
	return text + ": " + e.Reason
}

// readManifest reads the manifest in a folder, which is named path in errors; it
// returns nil where there is none.
func readManifest(folder, path string) (*Manifest, error) {
	name := filepath.Join(path, manifestName)
	text, err := readSmall(filepath.Join(folder, manifestName), maxManifest)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &ManifestError{Path: name, Reason: err.Error()}
	}
	m, err := parseManifest(text)
	if wrong, ok := errors.AsType[*ManifestError](err); ok {
		wrong.Path = name
	}
	return m, err
}

// parseManifest judges the text of a manifest. Its error is a [*ManifestError]
// without a path.
func parseManifest(text []byte) (*Manifest, error) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))) == 0 {
		return nil, &ManifestError{Reason: "is empty: it has to be a JSON object with an id, a name and a version"}
	}
	document, err := jsondoc.Parse(text)
	if wrong, ok := errors.AsType[*jsondoc.SyntaxError](err); ok {
		return nil, &ManifestError{Line: wrong.Line, Column: wrong.Column, Reason: "is not valid JSON: " + wrong.Reason}
	}
	f := &fields{}
	m := f.manifest(f.root(document))
	if f.wrong != nil {
		return nil, f.wrong
	}
	return m, nil
}

// manifest reads all fields, in the order in which they are complained about.
func (f *fields) manifest(o object) *Manifest {
	return &Manifest{
		ID:               f.required(o, "id", checkID),
		Name:             f.required(o, "name", checkShown),
		Version:          f.required(o, "version", checkVersion),
		Main:             f.text(o, "main", checkInside),
		Description:      f.text(o, "description"),
		Author:           f.text(o, "author"),
		Icon:             f.text(o, "icon", checkInside),
		Categories:       f.texts(o, "categories"),
		Files:            f.texts(o, "files"),
		Ignore:           f.texts(o, "ignore"),
		ActivationEvents: f.texts(o, "activationEvents"),
		EngineVersion:    f.text(o, "engineVersion", checkRange),
		Permissions:      knownPermissions(f.texts(o, "permissions")),
		Contributes:      f.contributions(f.object(o, "contributes")),
	}
}

// readSmall reads a regular file up to a size.
func readSmall(path string, limit int64) ([]byte, error) {
	text, err := regular.Read(path, limit)
	switch err {
	case regular.ErrKind:
		return nil, errors.New("is not a regular file")
	case regular.ErrTooLarge:
		return nil, fmt.Errorf("is larger than %d bytes", limit)
	}
	return text, reason(err)
}

// reason takes the operation and the path off an error of the file system,
// since they stand in the sentence already.
func reason(err error) error {
	if pathErr, ok := errors.AsType[*os.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
