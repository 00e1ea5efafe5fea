package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"extrun": main}) }

// TestScripts runs the stories in testdata/script, each a command or a few with
// their files, and with a cache folder of their own, whatever system it is.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireUniqueNames: true, Setup: func(env *testscript.Env) error {
		home := filepath.Join(env.WorkDir, ".home")
		env.Setenv("HOME", home)
		env.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
		env.Setenv("LocalAppData", filepath.Join(home, "cache"))
		return nil
	}})
}
