package regular

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a")
	if err := os.WriteFile(file, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		limit int64
		want  error
	}{
		{file, 3, nil}, {file, 2, ErrTooLarge}, {folder, 3, ErrKind}, {filepath.Join(folder, "b"), 3, fs.ErrNotExist},
		{os.DevNull, 3, ErrKind},
	} {
		content, err := Read(test.name, test.limit)
		if !errors.Is(err, test.want) || err == nil && string(content) != "abc" {
			t.Errorf("%s: got %q, %v", test.name, content, err)
		}
	}
}
