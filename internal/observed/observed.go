// Package observed carries what tests of other packages have observed of a fault
// into the table hostnet/FAULTS.md. Each of these tests has a file below
// hostnet/testdata/observed with what it says; the table is made of the files,
// and the tests fail where a file says something else. Any goroutine may use it.
package observed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeVariable is set in the environment to write the files anew.
const writeVariable = "EXTRUN_WRITE_OBSERVED"

// Note compares what a test has observed with its file. A test that has failed
// has observed nothing, and one without a file isn't in the table.
func Note(t testing.TB, what string) {
	t.Helper()
	NoteAs(t, t.Name(), what)
}

// NoteAs is Note under the name of another test of the package, such as the one
// that t is a part of.
func NoteAs(t testing.TB, test, what string) {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	file := Path(folder, filepath.Base(folder)+" "+test)
	known, err := os.ReadFile(file)
	if err != nil || t.Failed() {
		return
	}
	if os.Getenv(writeVariable) != "" {
		if err := os.WriteFile(file, []byte(what+"\n"), 0o644); err != nil {
			t.Error(err)
		}
		return
	}
	if strings.TrimSpace(string(known)) != strings.TrimSpace(what) {
		t.Errorf("%s: observed\n%s\nand the file says\n%s\n%s=1 go test writes it anew, and so FAULTS.md must be", file, what, known, writeVariable)
	}
}

// Path is the file of a test, such as "e2e TestSoak", for somebody in a folder of
// the module.
func Path(folder, test string) string {
	for parent := filepath.Dir(folder); parent != folder; folder, parent = parent, filepath.Dir(parent) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, test)
	return filepath.Join(folder, "hostnet", "testdata", "observed", name+".txt")
}
