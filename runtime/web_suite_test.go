package runtime_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestWebGlobals runs the tests in testdata/web, which Node.js runs too.
func TestWebGlobals(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("testdata", "web"))); err != nil {
		t.Fatal(err)
	}
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.Host.Load(t.Context(), filepath.Join(folder, "all.js"))
	if err != nil {
		t.Fatal(runtime.Describe(err))
	}
	w.Idle(ext)
	if got := w.Output(); !strings.HasSuffix(got, " tests, 0 failed") || len(w.Errors()) > 0 {
		t.Errorf("%v\n%s", w.Errors(), got)
	}
}
