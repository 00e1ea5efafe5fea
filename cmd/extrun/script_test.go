package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"extrun": main}) }

// TestScripts runs the stories in testdata/script, each a command or a few with
// their files, and with a cache folder of their own, whatever system it is.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireUniqueNames: true, Cmds: commands, Setup: func(env *testscript.Env) error {
		home := filepath.Join(env.WorkDir, ".home")
		env.Setenv("HOME", home)
		env.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
		env.Setenv("LocalAppData", filepath.Join(home, "cache"))
		return nil
	}})
}

var commands = map[string]func(ts *testscript.TestScript, neg bool, args []string){"profile": wantProfile}

// wantProfile is the command "profile FILE TYPE [FUNCTION]": the file is a
// profile for go tool pprof with samples of a type, and one of them is of a
// function whose name contains the last word.
func wantProfile(ts *testscript.TestScript, _ bool, args []string) {
	found, err := profile.ParseData([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	if !slices.ContainsFunc(found.SampleType, func(kind *profile.ValueType) bool { return kind.Type == args[1] }) {
		ts.Fatalf("%s has no samples of type %s", args[0], args[1])
	}
	if len(args) > 2 && !slices.ContainsFunc(found.Function, func(f *profile.Function) bool { return strings.Contains(f.Name, args[2]) }) {
		ts.Fatalf("%s has no sample of %s", args[0], args[2])
	}
}
