package hostnet

import (
	"bytes"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// reply is what the extension is answered: as documented, and more for the
// web's fetch.
func (r *fetchRequest) reply(answer *response) rpc.Object {
	pairs := answer.pairs()
	reply := rpc.Object{
		{Name: "status", Value: int64(answer.status)},
		{Name: "statusText", Value: isomorphicDecode(answer.statusText)},
		{Name: "ok", Value: answer.status >= 200 && answer.status <= 299},
		{Name: "headers", Value: joined(pairs)},
		{Name: "body", Value: r.bodyValue(answer.body)},
		{Name: "responseType", Value: r.responseType},
	}
	if !r.web {
		return reply
	}
	return append(reply,
		rpc.Field{Name: "url", Value: r.to.url},
		rpc.Field{Name: "redirected", Value: r.hops > 0},
		rpc.Field{Name: "headerPairs", Value: asArray(pairs)})
}

// bodyValue is the body as the extension wants it.
func (r *fetchRequest) bodyValue(body []byte) any {
	switch r.responseType {
	case "bytes":
		return slices.Clip(body)
	case "base64":
		return base64.StdEncoding.EncodeToString(body)
	}
	return decodeText(body)
}

// pairs are the headers with names in lower case, by name. Each line of a
// cookie's stays one; others of the same name are joined.
func (r *response) pairs() rpc.Object {
	pairs := make(rpc.Object, 0, len(r.header))
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		values, lower := r.header[name], strings.ToLower(name)
		if lower != "set-cookie" {
			values = []string{strings.Join(values, ", ")}
		}
		for _, value := range values {
			pairs = append(pairs, rpc.Field{Name: lower, Value: isomorphicDecode(value)})
		}
	}
	return pairs
}

// joined makes an object of pairs, in which no name occurs twice.
func joined(pairs rpc.Object) rpc.Object {
	object := make(rpc.Object, 0, len(pairs))
	for _, pair := range pairs {
		if last := len(object) - 1; last >= 0 && object[last].Name == pair.Name {
			object[last].Value = object[last].Value.(string) + ", " + pair.Value.(string)
		} else {
			object = append(object, pair)
		}
	}
	return object
}

func asArray(pairs rpc.Object) []any {
	array := make([]any, len(pairs))
	for i, pair := range pairs {
		array[i] = []any{pair.Name, pair.Value}
	}
	return array
}

// decodeText reads UTF-8 as the web does: without a byte order mark, and with
// one U+FFFD for as many wrong bytes as could have begun a character. The bytes
// must not change afterwards.
func decodeText(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return unsafe.String(unsafe.SliceData(data), len(data))
	}
	var text strings.Builder
	text.Grow(len(data))
	for len(data) > 0 {
		char, size := utf8.DecodeRune(data)
		if char == utf8.RuneError && size == 1 {
			for size < len(data) && !utf8.FullRune(data[:size]) && !utf8.FullRune(data[:size+1]) {
				size++
			}
		}
		text.WriteRune(char)
		data = data[size:]
	}
	return text.String()
}

// isomorphicDecode makes a character of each byte, as the web reads headers.
func isomorphicDecode(value string) string {
	if isASCII(value) {
		return value
	}
	runes := make([]rune, len(value))
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	return string(runes)
}

// isomorphicEncode makes a byte of each character, if there is one for each.
func isomorphicEncode(text string) (string, bool) {
	if isASCII(text) {
		return text, true
	}
	value := make([]byte, 0, len(text))
	for _, char := range text {
		if char > 0xff {
			return "", false
		}
		value = append(value, byte(char))
	}
	return string(value), true
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
