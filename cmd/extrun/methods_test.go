package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// TestMethods compares the methods that the command offers with those that the
// SDK can send: neither may know one that the other doesn't.
func TestMethods(t *testing.T) {
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	offered := rpc.Methods(namespaces(network, newScreen(nil, nil)))
	if sent := methodsInSDK(t); !slices.Equal(offered, sent) {
		t.Errorf("the router offers %v\nthe SDK sends %v", offered, sent)
	}
}

var methodName = regexp.MustCompile(`"((?:network|window|workspace|terminal|storage|commands|editor|snippets|formatter|messaging)\.[A-Za-z.]+)"`)

func methodsInSDK(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(filepath.Join("..", "..", "sdk", "src")), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join("..", "..", "sdk", "src", path))
		for _, match := range methodName.FindAllSubmatch(text, -1) {
			names = append(names, string(match[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
