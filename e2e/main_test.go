package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/srcnexus/extrun/internal/leaktest"
)

// program is the path of the binary that the stories run.
var program string

func TestMain(m *testing.M) { leaktest.Main(withProgram{m}) }

// withProgram builds the program before the tests.
type withProgram struct{ tests *testing.M }

func (w withProgram) Run() int {
	folder, err := os.MkdirTemp("", "bin")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "extrun")
	build := exec.Command("go", "build", "-o", program, "github.com/srcnexus/extrun/cmd/extrun")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "building the program:", err)
		return 1
	}
	for _, name := range []string{"XDG_CACHE_HOME", "LocalAppData", "HOME"} { // for what the program keeps
		os.Setenv(name, filepath.Join(folder, "home"))
	}
	return w.tests.Run()
}
