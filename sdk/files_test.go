package sdk

import (
	"os"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestFileTypes checks that each ending whose files are imported as strings has
// its declaration, and no other.
func TestFileTypes(t *testing.T) {
	content, err := os.ReadFile("files.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	declared := strings.Count(string(content), "declare module")
	for ending, loader := range loaders {
		name := map[api.Loader]string{api.LoaderText: "text", api.LoaderBase64: "base64"}[loader]
		if name == "" {
			continue
		}
		declared--
		if !strings.Contains(string(content), `declare module "*`+ending+`" { const `+name+`: string;`) {
			t.Errorf("files.d.ts doesn't say that %s is %s", ending, name)
		}
	}
	if declared != 0 {
		t.Errorf("files.d.ts declares %d endings too many", declared)
	}
}
