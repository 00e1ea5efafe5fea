//go:build unix

package sdk_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// TestCacheEntriesOfOthers puts something in the place of an entry that it was
// not made by, or that somebody else could have made.
func TestCacheEntriesOfOthers(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(entry string) error
	}{
		{"others may write", func(entry string) error { return os.Chmod(entry, 0o602) }},
		{"the group may write", func(entry string) error { return os.Chmod(entry, 0o620) }},
		{"a pipe", func(entry string) error {
			os.Remove(entry)
			return syscall.Mkfifo(entry, 0o600)
		}},
		{"a link to the entry", func(entry string) error {
			elsewhere := filepath.Join(filepath.Dir(filepath.Dir(entry)), "elsewhere")
			if err := os.Rename(entry, elsewhere); err != nil {
				return err
			}
			return os.Symlink(elsewhere, entry)
		}},
		{"another owner", func(entry string) error {
			if os.Geteuid() != 0 {
				return os.Remove(entry) // only root can give files away
			}
			return os.Chown(entry, 1, 1)
		}},
	} {
		t.Run(test.name, func(t *testing.T) { testSpoilt(t, test.spoil) })
	}
}

func TestCacheFolderOfOthers(t *testing.T) {
	w := newWorkshop(t)
	w.bundle()
	if info, err := os.Stat(w.cache); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(w.cache, 0o770); err != nil {
		t.Fatal(err)
	}
	bundled, err := sdk.Bundle(w.input())
	if err != nil || bundled.Cached || bundled.CacheErr == nil || !strings.HasSuffix(bundled.CacheErr.Error(), "can be written by other users") {
		t.Errorf("got %+v, %v", bundled, err)
	}
}

// TestCacheOfPipes has pipes where files are looked for, but not read.
func TestCacheOfPipes(t *testing.T) {
	w := newWorkshop(t)
	w.remove("lib/index.js.map")
	if err := syscall.Mkfifo(filepath.Join(w.folder, "lib/index.js.map"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"made", "taken"} {
		if _, how := w.bundle(); how != want {
			t.Errorf("%s, not %s", how, want)
		}
	}
}
