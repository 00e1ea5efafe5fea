package sdk

import (
	"encoding/json"
	"path/filepath"

	"github.com/srcnexus/extrun/internal/regular"
)

// tracedConfigs are the files that change how modules are found, and how they
// are read.
var tracedConfigs = []string{"package.json", "tsconfig.json", "jsconfig.json", ".pnp.data.json", ".pnp.cjs", ".pnp.js"}

// packageTargets returns what the package.json of a folder, if there is one,
// makes a search for modules look at: files or folders, with or without their
// endings, that may or may not exist, and packages. What its exports name has to
// exist, so they add nothing.
func packageTargets(folder string) (files, packages []string, err error) {
	content, err := regular.Read(filepath.Join(folder, "package.json"), maxConfigBytes)
	if err != nil {
		return nil, nil, nil // that is remembered like any content
	}
	var fields map[string]any
	if err := json.Unmarshal(content, &fields); err != nil {
		return nil, nil, err
	}
	for _, name := range texts([]any{fields["browser"], fields["imports"]}) {
		if !isPath(name) {
			packages = append(packages, name)
		}
	}
	files = texts([]any{fields["main"], fields["module"], fields["browser"], fields["imports"]})
	return files, packages, nil
}

// texts are all strings in a value of JSON. encoding/json bounds its depth.
func texts(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var all []string
		for _, element := range value {
			all = append(all, texts(element)...)
		}
		return all
	case map[string]any:
		var all []string
		for _, element := range value {
			all = append(all, texts(element)...)
		}
		return all
	}
	return nil
}
