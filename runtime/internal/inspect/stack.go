package inspect

import (
	"net/url"
	"strings"
)

// ownSource is how the names of sources begin that are no part of an extension.
const ownSource = "extrun!"

// Stack brings an error's stack, as goja writes it, into the form that
// JavaScript developers know: frames are indented by four blanks, have no
// program counter behind their position, and those of native functions and of
// sources named "extrun!…" are left out; names of files are no URLs any more.
// Lines that are no frames stay as they are. Any goroutine may call it.
func Stack(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	kept := lines[:0]
	for _, line := range lines {
		frame, ok := strings.CutPrefix(line, "\tat ")
		if !ok {
			kept = append(kept, line)
			continue
		}
		if frame, ok = cleanFrame(frame); ok {
			kept = append(kept, "    at "+frame)
		}
	}
	return strings.Join(kept, "\n")
}

// cleanFrame is a frame without its program counter, and whether it is one of
// the extension's own.
func cleanFrame(frame string) (string, bool) {
	name, place, named := "", frame, false
	if strings.HasSuffix(frame, "))") || strings.HasSuffix(frame, " (native)") {
		name, place, named = strings.Cut(strings.TrimSuffix(frame, ")"), " (")
	}
	if place = SourceName(withoutCounter(place)); place == "native" || strings.HasPrefix(place, ownSource) {
		return "", false
	}
	if !named {
		return place, true
	}
	return name + " (" + place + ")", true
}

// SourceName is the name of a source as its author knows it. goja shows the
// sources of a map as URLs.
func SourceName(shown string) string {
	if name, err := url.PathUnescape(shown); err == nil {
		return name
	}
	return shown
}

// withoutCounter cuts the "(12)" from "file.js:3:4(12)".
func withoutCounter(place string) string {
	i := strings.LastIndexByte(place, '(')
	if i < 0 || !strings.HasSuffix(place, ")") || strings.Trim(place[i+1:len(place)-1], "0123456789") != "" {
		return place
	}
	return place[:i]
}
