package sdk

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed dist/exports.txt
var exportList string

// exportNames are the names that the built-in SDK exports, besides default.
func exportNames() []string { return strings.Fields(exportList) }

// unknownExport explains an import of a name that the SDK doesn't have.
func unknownExport(name string) string {
	text := fmt.Sprintf("%s has no export %q", Module, name)
	if near := nearest(name, exportNames()); near != "" {
		return fmt.Sprintf("%s: did you mean %q?", text, near)
	}
	return fmt.Sprintf("%s: it has %s", text, strings.Join(exportNames(), ", "))
}

// nearest is the name that is written most like another, or empty if none is
// written much like it.
func nearest(name string, names []string) (near string) {
	best := len(name)/3 + 2
	for _, candidate := range names {
		if strings.EqualFold(candidate, name) {
			return candidate
		}
		if distance := edits(name, candidate); distance < best {
			near, best = candidate, distance
		}
	}
	return near
}

// edits is how many letters have to be put in, taken out or replaced to make one
// word of another. Beyond sixty letters it doesn't count any more.
func edits(from, to string) int {
	if len(from) > 60 || len(to) > 60 {
		return 60
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(from) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(to) {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
