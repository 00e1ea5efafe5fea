package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
)

// manifestName is the file that describes an extension.
const manifestName = "manifest.json"

// maxManifest is the largest manifest that is read, in bytes.
const maxManifest = 1 << 20

// A Manifest is the content of an extension's manifest.json, as far as this
// host uses it. Other fields are allowed and ignored.
type Manifest struct {
	ID               string   `json:"id"`      // required
	Name             string   `json:"name"`    // required
	Version          string   `json:"version"` // required; semver
	Main             string   `json:"main"`    // the entry file, within the package
	Description      string   `json:"description"`
	Author           string   `json:"author"`
	Icon             string   `json:"icon"`
	Categories       []string `json:"categories"`
	ActivationEvents []string `json:"activationEvents"`
	EngineVersion    string   `json:"engineVersion"`
	Permissions      []string `json:"permissions"`
}

// A ManifestError says what is wrong with a manifest, by field.
type ManifestError struct {
	Path   string // the manifest's
	Field  string // such as "version"; empty where the whole file is meant
	Reason string
}

func (e *ManifestError) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("%s: %s", e.Path, e.Reason)
	}
	return fmt.Sprintf("%s: field %q %s", e.Path, e.Field, e.Reason)
}

// readManifest reads the manifest in a folder; it returns nil where there is
// none.
func readManifest(folder string) (*Manifest, error) {
	path := filepath.Join(folder, manifestName)
	text, err := readSmall(path, maxManifest)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &ManifestError{Path: path, Reason: err.Error()}
	}
	m, err := parseManifest(text)
	if wrong, ok := errors.AsType[*ManifestError](err); ok {
		wrong.Path = path
	}
	return m, err
}

// readSmall reads a regular file up to a size. A named pipe or a device would
// never end.
func readSmall(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("is larger than %d bytes", limit)
	}
	text, err := os.ReadFile(path)
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

func parseManifest(text []byte) (*Manifest, error) {
	var m Manifest
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&m); err != nil {
		return nil, jsonError(text, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &ManifestError{Reason: "there is more after the JSON object"}
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return &m, nil
}

// jsonError says which field, or which line, encoding/json did not like.
func jsonError(text []byte, err error) error {
	if wrongType, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		field, _, _ := strings.Cut(wrongType.Field, ".")
		return &ManifestError{Field: field, Reason: fmt.Sprintf("must be %s, not %s", jsonKind(wrongType.Type), wrongType.Value)}
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		before := text[:min(int(syntax.Offset), len(text))]
		return &ManifestError{Reason: fmt.Sprintf("is not valid JSON: line %d: %v", 1+bytes.Count(before, []byte("\n")), err)}
	}
	return &ManifestError{Reason: "is not valid JSON: " + err.Error()}
}

func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "an array of strings"
	case reflect.Struct:
		return "an object"
	}
	return "a " + t.Kind().String()
}

var semver = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

func (m *Manifest) check() error {
	if m.ID == "" {
		return &ManifestError{Field: "id", Reason: "is missing"}
	}
	if err := checkID(m.ID); err != nil {
		return &ManifestError{Field: "id", Reason: err.Error()}
	}
	if m.Name == "" {
		return &ManifestError{Field: "name", Reason: "is missing"}
	}
	if m.Version == "" {
		return &ManifestError{Field: "version", Reason: "is missing"}
	}
	if !semver.MatchString(m.Version) {
		return &ManifestError{Field: "version", Reason: fmt.Sprintf("must be a semantic version such as 1.0.0, not %q", m.Version)}
	}
	if m.Main != "" && !filepath.IsLocal(filepath.FromSlash(m.Main)) {
		return &ManifestError{Field: "main", Reason: fmt.Sprintf("must name a file inside the package, not %q", m.Main)}
	}
	return nil
}

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`)

// checkID says what is wrong with an extension's id.
func checkID(id string) error {
	if idPattern.MatchString(id) {
		return nil
	}
	return fmt.Errorf("is not a valid extension id: %q; it needs 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit", id)
}
