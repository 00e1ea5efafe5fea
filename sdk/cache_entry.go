package sdk

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/srcnexus/extrun/internal/regular"
)

// An entry is a head, which is the magic, the key and the SHA-256 of the rest,
// and after it parts of bytes, each behind its length: the bundle but for its
// code and map as JSON, the observations, the digest of their answers, the code,
// the map.
const (
	entryMagic = "extrun bundle 1\n"
	headBytes  = len(entryMagic) + 2*sha256.Size
)

// globHelper is in the code of bundles with an import such as require("./" + x):
// esbuild searches whole folders for it, without asking its plugin.
const globHelper = "__glob"

var (
	errStale   = errors.New("the sources have changed meanwhile, or can't be told to be the same next time")
	errPattern = errors.New("it imports all files that match a pattern, and new ones would not be noticed")
	errNoEntry = errors.New("it is no entry of this cache")
)

// encodeEntry writes a bundle and what it depends on.
func encodeEntry(key digest, bundled *Bundled, t *trace) ([]byte, error) {
	asked, answers, ok := t.conclude()
	if !ok {
		return nil, errStale
	}
	if strings.Contains(bundled.Code, globHelper) {
		return nil, errPattern
	}
	rest := *bundled
	rest.Code, rest.Map = "", nil
	facts, err := json.Marshal(rest)
	if err != nil {
		return nil, err
	}
	entry := append([]byte(entryMagic), key[:]...)
	entry = append(entry, make([]byte, sha256.Size)...)
	for _, part := range [][]byte{facts, encodeObservations(asked), answers[:], []byte(bundled.Code), bundled.Map} {
		entry = appendPart(entry, part)
	}
	if len(entry) > maxEntryBytes {
		return nil, regular.ErrTooLarge
	}
	sum := sha256.Sum256(entry[headBytes:])
	copy(entry[headBytes-len(sum):], sum[:])
	return entry, nil
}

// decodeEntry reads a bundle if it is the one for the key, whole, and still what
// its sources lead to.
func decodeEntry(key digest, entry []byte) (*Bundled, error) {
	rest, ok := bytes.CutPrefix(entry, append([]byte(entryMagic), key[:]...))
	if !ok || len(rest) < sha256.Size {
		return nil, errNoEntry
	}
	sum, rest := rest[:sha256.Size], rest[sha256.Size:]
	if sha256.Sum256(rest) != digest(sum) {
		return nil, errNoEntry
	}
	var parts [5][]byte
	for i := range parts {
		if parts[i], rest, ok = cutPart(rest); !ok {
			return nil, errNoEntry
		}
	}
	bundled := &Bundled{}
	if err := json.Unmarshal(parts[0], bundled); err != nil {
		return nil, err
	}
	asked, err := decodeObservations(parts[1])
	if err != nil {
		return nil, err
	}
	if now := answersOf(asked); !bytes.Equal(now[:], parts[2]) {
		return nil, errStale
	}
	bundled.Code, bundled.Map = string(parts[3]), parts[4]
	return bundled, nil
}

// conclude returns all that was asked, in order, and one digest of the answers.
// It fails if they don't fit together.
func (t *trace) conclude() (asked []observation, answers digest, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	asked = slices.SortedFunc(maps.Keys(t.answers), observation.before)
	sum := sha256.New()
	for _, o := range asked {
		answer := t.answers[o]
		sum.Write(answer[:])
	}
	return asked, digest(sum.Sum(nil)), !t.unproved
}

// answersOf asks again.
func answersOf(asked []observation) digest {
	sum, each := sha256.New(), sha256.New()
	for _, o := range asked {
		answer := o.answer(each)
		sum.Write(answer[:])
	}
	return digest(sum.Sum(nil))
}

func encodeObservations(asked []observation) []byte {
	var out []byte
	for _, o := range asked {
		out = append(out, o.Kind)
		out = appendPart(out, []byte(o.Name))
	}
	return out
}

func decodeObservations(in []byte) ([]observation, error) {
	var asked []observation
	for len(in) > 0 {
		kind := in[0]
		name, rest, ok := cutPart(in[1:])
		if !ok {
			return nil, errNoEntry
		}
		asked = append(asked, observation{kind, string(name)})
		in = rest
	}
	return asked, nil
}

func appendPart(out, part []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(part))), part...)
}

func cutPart(in []byte) (part, rest []byte, ok bool) {
	length, n := binary.Uvarint(in)
	if n <= 0 || length > uint64(len(in)-n) {
		return nil, nil, false
	}
	end := n + int(length)
	return in[n:end:end], in[end:], true
}
