package sdk

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What a cache's folder may hold once an entry has been written.
const (
	maxCacheBytes   = 256 << 20
	maxCacheEntries = 500
	maxUnusedTime   = 30 * 24 * time.Hour
	maxWritingTime  = time.Hour // for an entry that a process didn't finish
	usedAnew        = 24 * time.Hour
)

// The endings of entries, and of those that are being written.
const (
	finished   = ".bundle"
	unfinished = ".bundle.tmp"
)

// prune removes the entries that nobody has used for long, and those unused for
// longest while there are too many. It leaves alone what is not the cache's. A
// file that can't be removed stays.
func prune(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder)
	var kept []fs.FileInfo
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		age := now.Sub(info.ModTime())
		switch {
		case !isEntry(info.Name()):
		case age > maxUnusedTime, age > maxWritingTime && strings.HasSuffix(info.Name(), unfinished):
			os.Remove(filepath.Join(folder, info.Name()))
		default:
			kept = append(kept, info)
		}
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	size := int64(0)
	for i, info := range kept {
		if size += info.Size(); size > maxCacheBytes || i >= maxCacheEntries {
			os.Remove(filepath.Join(folder, info.Name()))
		}
	}
}

func isEntry(name string) bool {
	key, ok := strings.CutSuffix(name, finished)
	if ok {
		return len(key) == 2*len(digest{}) && strings.Trim(key, "0123456789abcdef") == ""
	}
	random, ok := strings.CutSuffix(name, unfinished)
	return ok && strings.Trim(random, "0123456789") == ""
}
