package sdk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPrune(t *testing.T) {
	now := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	name := func(n int) string { return fmt.Sprintf("%064x.bundle", n) }
	for _, test := range []struct {
		name string
		age  time.Duration
		size int64
		kept bool
	}{
		{name(1), time.Minute, 100 << 20, true},
		{name(2), 2 * time.Minute, 100 << 20, true},
		{name(3), 3 * time.Minute, 100 << 20, false}, // all together are too large
		{name(4), 31 * 24 * time.Hour, 1, false},
		{"123.bundle.tmp", 2 * time.Hour, 1, false},
		{"124.bundle.tmp", time.Second, 1, true},
		{"notes.txt", 900 * 24 * time.Hour, 1, true},
		{"x.bundle", 900 * 24 * time.Hour, 1, true},
		{strings.Repeat("g", 64) + ".bundle", 900 * 24 * time.Hour, 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			// Each with those before it, as they are sorted by their age.
			folder := t.TempDir()
			lay := func(name string, size int64, age time.Duration) {
				path := filepath.Join(folder, name)
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Truncate(path, size); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
					t.Fatal(err)
				}
			}
			if test.size > 1 {
				lay(name(1), 100<<20, time.Minute)
				lay(name(2), 100<<20, 2*time.Minute)
			}
			lay(test.name, test.size, test.age)
			prune(folder, now)
			if _, err := os.Stat(filepath.Join(folder, test.name)); (err == nil) != test.kept {
				t.Errorf("kept is %v", err == nil)
			}
		})
	}
}

func TestPruneCount(t *testing.T) {
	now := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	folder := t.TempDir()
	for n := range maxCacheEntries + 3 {
		path := filepath.Join(folder, fmt.Sprintf("%064x.bundle", n))
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		used := now.Add(-time.Duration(n) * time.Second)
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
	prune(folder, now)
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) != maxCacheEntries {
		t.Fatalf("%d are left, %v", len(left), err)
	}
	if last := filepath.Base(left[len(left)-1]); last != fmt.Sprintf("%064x.bundle", maxCacheEntries-1) {
		t.Errorf("the oldest left is %s", last)
	}
}
