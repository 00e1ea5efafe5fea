package sdk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

func TestCacheErrorIsNotKept(t *testing.T) {
	w := newWorkshop(t)
	w.bundle()
	w.remove("src/a.ts")
	if _, err := sdk.Bundle(w.input()); err == nil || !strings.Contains(err.Error(), `"./a" doesn't exist`) {
		t.Fatal(err)
	}
	w.write("src/a.ts", "export const a = 1\n")
	if _, how := w.bundle(); how != "taken" {
		t.Error(how)
	}
}

func TestCacheKeepsAll(t *testing.T) {
	folder := lay(t, "-- main.js --\nawait 0; const o = { a: 1, a: 2 }; say(o.a)\n")
	input := sdk.Input{Entry: filepath.Join(folder, "main.js"), CacheDir: filepath.Join(t.TempDir(), "c")}
	made, err := sdk.Bundle(input)
	if err != nil {
		t.Fatal(err)
	}
	taken, err := sdk.Bundle(input)
	if err != nil {
		t.Fatal(err)
	}
	if made.Cached || !taken.Cached || len(made.Warnings) != 1 || !made.Async {
		t.Errorf("made %+v\ntaken %+v", made, taken)
	}
	taken.Cached = false
	if got, want := fmt.Sprintf("%+v", taken), fmt.Sprintf("%+v", made); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCacheInput(t *testing.T) {
	w := newWorkshop(t)
	w.bundle()
	for name, change := range map[string]func(in *sdk.Input){
		"entry":     func(in *sdk.Input) { in.Entry = filepath.Join(w.folder, "lib/index.js") },
		"max bytes": func(in *sdk.Input) { in.MaxBytes = 1000 },
		"no cache":  func(in *sdk.Input) { in.CacheDir = "" },
	} {
		input := w.input()
		change(&input)
		if bundled, err := sdk.Bundle(input); err != nil || bundled.Cached {
			t.Errorf("%s: %+v %v", name, bundled, err)
		}
	}
	outside := w.input()
	outside.Root = filepath.Join(w.folder, "src")
	if _, err := sdk.Bundle(outside); err == nil {
		t.Error("a narrower root gets the bundle of a wider one")
	}
}

// flip changes a bit of a file.
func flip(at func(size int) int) func(entry string) error {
	return func(entry string) error {
		content, err := os.ReadFile(entry)
		if err != nil {
			return err
		}
		content[at(len(content))] ^= 1
		return os.WriteFile(entry, content, 0o600)
	}
}

// ofAnother puts the entry of another input in the place of an entry.
func ofAnother(entry string) error {
	cache := filepath.Dir(entry)
	other := filepath.Join(filepath.Dir(cache), "other.js")
	if err := errors.Join(os.Remove(entry), os.WriteFile(other, []byte("say('wrong')"), 0o600)); err != nil {
		return err
	}
	if _, err := sdk.Bundle(sdk.Input{Entry: other, CacheDir: cache}); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(cache, "*"))
	if err != nil {
		return err
	}
	return os.Rename(files[0], entry)
}

// TestCacheEntries spoils the entry of a cache.
func TestCacheEntries(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(entry string) error
	}{
		{"truncated", func(entry string) error {
			info, err := os.Stat(entry)
			if err != nil {
				return err
			}
			return os.Truncate(entry, info.Size()-1)
		}},
		{"empty", func(entry string) error { return os.Truncate(entry, 0) }},
		{"too large", func(entry string) error { return os.Truncate(entry, 1<<30) }},
		{"another format", flip(func(int) int { return 14 })},
		{"another key, such as another version's", flip(func(int) int { return 20 })},
		{"another sum", flip(func(int) int { return 60 })},
		{"a flipped bit at the beginning", flip(func(int) int { return 80 })},
		{"a flipped bit in the middle", flip(func(size int) int { return size / 2 })},
		{"a flipped bit at the end", flip(func(size int) int { return size - 1 })},
		{"another input's", ofAnother},
		{"a folder", func(entry string) error { return errors.Join(os.Remove(entry), os.Mkdir(entry, 0o700)) }},
	} {
		t.Run(test.name, func(t *testing.T) { testSpoilt(t, test.spoil) })
	}
}

// testSpoilt makes sure that a spoilt entry is not taken, and replaced.
func testSpoilt(t *testing.T, spoil func(entry string) error) {
	w := newWorkshop(t)
	want, _ := w.bundle()
	if err := spoil(w.kept()); err != nil {
		t.Fatal(err)
	}
	if said, how := w.bundle(); how != "made" || said != want {
		t.Errorf("%s, and says %q", how, said)
	}
	if said, how := w.bundle(); how != "taken" || said != want {
		t.Errorf("afterwards %s, and says %q", how, said)
	}
}

func TestCacheFolderThatCannotBe(t *testing.T) {
	w := newWorkshop(t)
	w.write("file", "")
	input := w.input()
	input.CacheDir = filepath.Join(w.folder, "file", "cache")
	bundled, err := sdk.Bundle(input)
	if err != nil || bundled.CacheErr == nil {
		t.Errorf("got %+v, %v", bundled, err)
	}
}

// TestCacheAtTheSameTime has several bundles made and replaced at once, while
// their sources change.
func TestCacheAtTheSameTime(t *testing.T) {
	w := newWorkshop(t)
	contents := []string{"export const a = 1\n", "export const a = 2\n"}
	for round := range 4 {
		w.write("src/a.ts", contents[round%2])
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				bundled, err := sdk.Bundle(w.input())
				if err != nil || bundled.CacheErr != nil {
					t.Error(err, bundled)
					return
				}
				if want := fmt.Sprintf("a = %d", round%2+1); !strings.Contains(bundled.Code, want) {
					t.Errorf("round %d: no %q in\n%s", round, want, bundled.Code)
				}
			})
		}
		wg.Wait()
	}
	if left, _ := filepath.Glob(filepath.Join(w.cache, "*")); len(left) != 1 {
		t.Errorf("left in the cache: %q", left)
	}
}

// BenchmarkCached is what a bundle costs that is in the cache.
func BenchmarkCached(b *testing.B) {
	entry := filepath.Join(b.TempDir(), "main.ts")
	if err := os.WriteFile(entry, []byte(`import { network } from "@srcnexus/ext-sdk"; network.createWebSocket("ws://h")`), 0o644); err != nil {
		b.Fatal(err)
	}
	input := sdk.Input{Entry: entry, CacheDir: filepath.Join(b.TempDir(), "cache")}
	if _, err := sdk.Bundle(input); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if bundled, err := sdk.Bundle(input); err != nil || !bundled.Cached {
			b.Fatal(err)
		}
	}
}
