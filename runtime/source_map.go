package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// forEngine rewrites a source map for goja. Its columns count from one, since
// goja asks for such columns and shows those that it gets as they are, while
// source maps count from zero: unchanged, each lookup would be one column off on
// both sides. The names of its sources survive what goja does to them. A map
// that can't be read is returned as it is.
func forEngine(sourceMap []byte) []byte {
	var fields map[string]json.RawMessage
	var mappings string
	var sources []string
	if json.Unmarshal(sourceMap, &fields) != nil || json.Unmarshal(fields["mappings"], &mappings) != nil ||
		json.Unmarshal(fields["sources"], &sources) != nil {
		return sourceMap
	}
	for i, name := range sources {
		sources[i] = urlName(authorName("", name))
	}
	var err [2]error
	fields["mappings"], err[0] = json.Marshal(shiftMappings(mappings))
	fields["sources"], err[1] = json.Marshal(sources)
	if rewritten, failed := json.Marshal(fields); errors.Join(err[0], err[1], failed) == nil {
		return rewritten
	}
	return sourceMap
}

// authorName is the path within the package of a source, which a map in a folder
// refers to by a URL. webpack counts from the package's root. Other addresses
// stay as they are.
func authorName(folder, source string) string {
	source = inspect.SourceName(source)
	if rest, ok := strings.CutPrefix(source, "webpack://"); ok {
		_, inside, _ := strings.Cut(rest, "/")
		return path.Clean(inside)
	}
	if strings.Contains(source, "://") {
		return source
	}
	return path.Join(folder, source)
}

// urlName writes a source's name so that goja, which reads it as a URL, then
// reads the path in that as a URL again, shows the name percent-encoded once.
// [inspect.SourceName] decodes that.
func urlName(name string) string {
	var out strings.Builder
	address := strings.Contains(name, "//")
	for i := range len(name) {
		// What has two slashes is an address, which goja would clean as a path.
		if c := name[i]; plain(c) && (c != '/' || !address) {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%25%02X", c)
		}
	}
	return out.String()
}

// plain reports whether a byte stands for itself wherever it is in a URL's path.
func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("/.-_~!", c) >= 0
}

// shiftMappings adds one to all columns. A segment's fields are differences:
// the generated column's to the segment before in its line, so one is added to
// the first of each line; the source column's to the segment before in the
// whole map, so one is added to the first of all.
func shiftMappings(mappings string) string {
	lines := strings.Split(mappings, ";")
	first := true
	for i, line := range lines {
		if line == "" {
			continue
		}
		segment, rest, more := strings.Cut(line, ",")
		fields := decodeVLQ(segment)
		if len(fields) > 0 {
			fields[0]++
		}
		if first && len(fields) > 3 {
			fields[3]++
			first = false
		}
		lines[i] = encodeVLQ(fields)
		if more {
			lines[i] += "," + rest
		}
	}
	return strings.Join(lines, ";")
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeVLQ reads the numbers of one segment: five bits a digit, the lowest
// first, the sixth bit set where more follow, the first bit of all the sign.
func decodeVLQ(text string) []int {
	var numbers []int
	number, shift := 0, 0
	for i := range len(text) {
		digit := strings.IndexByte(base64Digits, text[i])
		number |= digit & 31 << shift
		shift += 5
		if digit&32 != 0 {
			continue
		}
		if number&1 != 0 {
			number = -(number >> 1)
		} else {
			number >>= 1
		}
		numbers = append(numbers, number)
		number, shift = 0, 0
	}
	return numbers
}

func encodeVLQ(numbers []int) string {
	var out strings.Builder
	for _, number := range numbers {
		rest := number << 1
		if number < 0 {
			rest = -number<<1 | 1
		}
		for rest > 31 {
			out.WriteByte(base64Digits[rest&31|32])
			rest >>= 5
		}
		out.WriteByte(base64Digits[rest])
	}
	return out.String()
}
