package runtime

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

// maxVersion is the longest version or range of versions, in bytes.
const maxVersion = 256

var idPattern = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`)

// checkID says what is wrong with an extension's id.
func checkID(id string) error {
	if idPattern().MatchString(id) {
		return nil
	}
	return fmt.Errorf("is not a valid extension id: %s; it needs 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit", quoted(id))
}

// checkShown refuses a name that nobody could read.
func checkShown(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("is empty")
	}
	return nil
}

func checkVersion(text string) error {
	if len(text) <= maxVersion {
		if _, err := semver.StrictNewVersion(text); err == nil {
			return nil
		}
	}
	return fmt.Errorf("must be a semantic version such as 1.0.0, not %s", quoted(text))
}

// checkInside refuses a path that leads out of the package.
func checkInside(path string) error {
	if !filepath.IsLocal(filepath.FromSlash(path)) || strings.ContainsRune(path, 0) {
		return fmt.Errorf("must name a file inside the package, not %s", quoted(path))
	}
	return nil
}

func checkRange(text string) error {
	_, err := parseRange(text)
	return err
}

func parseRange(text string) (*semver.Constraints, error) {
	if len(text) <= maxVersion {
		if accepted, err := semver.NewConstraint(text); err == nil {
			accepted.IncludePrerelease = true
			return accepted, nil
		}
	}
	return nil, fmt.Errorf(`must be a range of versions such as ">=0.1.0" or "^1.2.0", not %s`, quoted(text))
}

// checkEngine says what is wrong with the version that a host calls its own.
func checkEngine(version string) error {
	if version == "" || checkVersion(version) == nil {
		return nil
	}
	return fmt.Errorf("option EngineVersion must be a semantic version such as 1.0.0, not %s", quoted(version))
}

// supports refuses an extension that was not made for a version of the
// platform. An empty version is not compared.
func (e entry) supports(engine string) error {
	if engine == "" || e.Manifest == nil || e.Manifest.EngineVersion == "" {
		return nil
	}
	accepted, err := parseRange(e.Manifest.EngineVersion)
	if err != nil {
		return err
	}
	version, err := semver.StrictNewVersion(engine)
	if err != nil || accepted.Check(version) {
		return err
	}
	return fmt.Errorf("extension %s needs engine version %s, and this is %s", e.ID, e.Manifest.EngineVersion, engine)
}

// knownPermissions drops what the platform doesn't know, and what needs no
// permission: "network" and "storage".
func knownPermissions(declared []string) []string {
	var known []string
	for _, permission := range declared {
		if permission == "fs" {
			permission = "fileSystem"
		}
		switch permission {
		case "terminal", "fileSystem", "projectCreate":
			if !slices.Contains(known, permission) {
				known = append(known, permission)
			}
		}
	}
	return known
}

// quoted shows a text of the author's in an error, cut short.
func quoted(text string) string {
	const longest = 200
	if len(text) > longest {
		return fmt.Sprintf("%q…", strings.ToValidUTF8(text[:longest], ""))
	}
	return fmt.Sprintf("%q", text)
}
