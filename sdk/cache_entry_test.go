package sdk

import (
	"bytes"
	"crypto/sha256"
	"runtime/debug"
	"testing"
)

// FuzzEntry gives the cache entries whose sums are right, whatever is in them.
func FuzzEntry(f *testing.F) {
	key := digest{1}
	whole, err := encodeEntry(key, &Bundled{Code: "1", Map: []byte("{}")}, &trace{})
	if err != nil {
		f.Fatal(err)
	}
	if bundled, err := decodeEntry(key, whole); err != nil || bundled.Code != "1" || string(bundled.Map) != "{}" {
		f.Fatal(bundled, err)
	}
	f.Add(whole[headBytes:])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{2, '{', '}', 3, 'x', 0, 0, 0})
	f.Fuzz(func(t *testing.T, rest []byte) {
		sum := sha256.Sum256(rest)
		bundled, err := decodeEntry(key, bytes.Join([][]byte{[]byte(entryMagic), key[:], sum[:], rest}, nil))
		if (bundled == nil) != (err != nil) {
			t.Errorf("got %v, %v", bundled, err)
		}
	})
}

func TestIsProgram(t *testing.T) {
	for mode, want := range map[string]bool{"": true, "exe": true, "pie": true, "c-shared": false, "plugin": false} {
		info := &debug.BuildInfo{}
		if mode != "" {
			info.Settings = []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "-buildmode", Value: mode}}
		}
		if isProgram(info) != want {
			t.Errorf("%q: not %v", mode, want)
		}
	}
}
