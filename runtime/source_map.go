package runtime

import (
	"encoding/json"
	"strings"
)

// countFromOne rewrites a source map for goja, which asks it for columns that
// count from one and shows those that it answers with as they are. Source maps
// count from zero: unchanged, each lookup would be one column off on both sides.
// A map that can't be read is returned as it is.
func countFromOne(sourceMap []byte) []byte {
	var fields map[string]json.RawMessage
	var mappings string
	if json.Unmarshal(sourceMap, &fields) != nil || json.Unmarshal(fields["mappings"], &mappings) != nil {
		return sourceMap
	}
	shifted, err := json.Marshal(shiftMappings(mappings))
	if err != nil {
		return sourceMap
	}
	fields["mappings"] = shifted
	if rewritten, err := json.Marshal(fields); err == nil {
		return rewritten
	}
	return sourceMap
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
