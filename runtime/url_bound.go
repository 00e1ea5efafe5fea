package runtime

import "strings"

// The bounds of the URLs that are read. The parser can't be interrupted; it
// copies what it has for every character of an authority, and for every segment
// when it writes a path down.
const (
	maxURL       = 4 << 20   // bytes
	maxAuthority = 8 << 10   // bytes of user, password, host and port
	maxPathWork  = 256 << 20 // bytes of a URL by its slashes
	freeURL      = 4 << 10   // bytes of a URL that isn't looked at
)

// boundURL refuses what would take the parser too long.
func (e *Extension) boundURL(text string) {
	if len(text) <= freeURL {
		return
	}
	if len(text) > maxURL {
		e.refuseSize("a URL", float64(len(text)), "bytes", maxURL)
	}
	scheme, rest, _ := strings.Cut(strings.TrimLeft(skipBlanks.Replace(text), " "), ":")
	if isOpaque(scheme, rest) {
		return
	}
	authority := strings.TrimLeft(rest, `/\`)
	if end := strings.IndexAny(authority, `/\?#`); end >= 0 {
		authority = authority[:end]
	}
	e.boundAuthority(authority)
	e.boundPath(text)
}

// boundPart refuses what a part of a URL can't be set to in time.
func (e *Extension) boundPart(part, value string) {
	switch {
	case len(value) <= freeURL:
	case len(value) > maxURL:
		e.refuseSize("a URL", float64(len(value)), "bytes", maxURL)
	case part == "pathname":
		e.boundPath(value)
	case part != "search" && part != "hash":
		e.boundAuthority(value)
	}
}

// skipBlanks leaves out what the parser leaves out.
var skipBlanks = strings.NewReplacer("\t", "", "\n", "", "\r", "")

// isOpaque reports whether a path is one text, as those of data URLs are.
func isOpaque(scheme, rest string) bool {
	switch strings.ToLower(scheme) {
	case "http", "https", "ws", "wss", "ftp", "file":
		return false
	}
	return rest != "" && rest[0] != '/' && !strings.ContainsAny(scheme, `/\?#@`)
}

func (e *Extension) boundAuthority(text string) {
	if len(text) > maxAuthority {
		e.refuseSize("the part of a URL before its path", float64(len(text)), "bytes", maxAuthority)
	}
}

func (e *Extension) boundPath(text string) {
	segments := strings.Count(text, "/") + strings.Count(text, `\`)
	if limit := maxPathWork / len(text); segments > limit {
		e.refuseSize("a URL", float64(segments), "segments at its length", limit)
	}
}
