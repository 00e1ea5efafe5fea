package hostnet

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/idna"
)

// maxURL is the longest URL that is read, in bytes. Parsing takes time that
// grows with its square, on the goroutine that runs the extension.
const maxURL = 16 << 10

// A urlKind is what a URL is for: its name in messages, and its two schemes.
type urlKind struct{ name, plain, secure string }

var (
	socketURL  = urlKind{"WebSocket URL", "ws", "wss"}
	requestURL = urlKind{"URL", "http", "https"}
)

// parseURL reads a WebSocket URL strictly and brings it into its one canonical
// form: the host as the WHATWG URL standard reads it, one trailing dot cut, the
// path and query as they go out.
func parseURL(raw string) (target, error) { return socketURL.parse(raw) }

// parseRequestURL does the same for a URL of HTTP. A fragment is nobody's
// business but the extension's, and is cut.
func parseRequestURL(raw string) (target, error) {
	raw, _, _ = strings.Cut(raw, "#")
	return requestURL.parse(raw)
}

// parse reads a URL. Its error has the code [CodeInvalidURL].
func (k urlKind) parse(raw string) (target, error) {
	t, err := k.read(raw)
	if invalid, ok := errors.AsType[invalidURL](err); ok {
		return target{}, refuse(CodeInvalidURL, "Invalid %s: %s", k.name, string(invalid))
	}
	return t, err
}

func (k urlKind) read(raw string) (target, error) {
	if err := checkText(raw); err != nil {
		return target{}, err
	}
	scheme, authority, rest, err := k.split(raw)
	if err != nil {
		return target{}, err
	}
	userInfo, hostPort := cutUserInfo(authority)
	host, port, err := splitHostPort(hostPort, k.defaultPort(scheme))
	if err != nil {
		return target{}, err
	}
	parsed, err := whatwg.Parse(scheme + "://" + hostPort + rest)
	if err != nil {
		return target{}, invalid("%s is not a valid host", shownHost(host))
	}
	t := target{port: port, secure: scheme == k.secure}
	if t.host, t.addr, err = canonicalHost(host, parsed); err != nil {
		return target{}, err
	}
	if t.authorization, err = basicAuth(userInfo); err != nil {
		return target{}, err
	}
	return t.withURL(scheme, parsed)
}

// withURL completes a target with its texts.
func (t target) withURL(scheme string, parsed *whatwg.Url) (target, error) {
	origin := scheme + "://" + bracketed(t.host)
	if parsed.Port() != "" {
		origin += ":" + decimal(t.port)
	}
	u, err := url.Parse(origin + escapedPath(parsed.Pathname()) + parsed.Search())
	if err != nil {
		return target{}, invalid("a %% in the path must be followed by two hexadecimal digits; write %%25 for the sign itself")
	}
	t.url = u.String()
	t.display = origin + shownPath(u.EscapedPath())
	return t, nil
}

// escapedPath escapes what package net/url would escape but the WHATWG standard
// doesn't. Where that package finds such a character, it writes the whole path
// anew, with %2F as a plain slash.
func escapedPath(path string) string {
	var escaped strings.Builder
	for _, c := range []byte(path) {
		if c < utf8.RuneSelf && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) || strings.IndexByte(pathMarks, c) >= 0) {
			escaped.WriteByte(c)
		} else {
			fmt.Fprintf(&escaped, "%%%02X", c)
		}
	}
	return escaped.String()
}

// pathMarks are the characters besides letters and digits that both take as they
// are.
const pathMarks = "/%-_.~!$&'()*+,;=:@[]"

// checkText refuses what a URL can't hold at any place. Parsers drop, translate
// or escape these, each in its own way.
func checkText(raw string) error {
	if len(raw) > maxURL {
		return invalid("it is longer than %d bytes", maxURL)
	}
	if !utf8.ValidString(raw) {
		return invalid("it is not valid Unicode")
	}
	for _, r := range raw {
		switch {
		case unicode.IsSpace(r):
			return invalid("it contains a blank or line break; write %%20")
		case unicode.IsControl(r):
			return invalid("it contains a control character")
		case r == '\\':
			return invalid("it contains a backslash; write / or %%5C")
		case r == '#':
			return invalid("a WebSocket URL has no fragment (#…); write %%23 for the sign itself")
		}
	}
	return nil
}

// split returns the scheme in lower case, what is between // and the path or
// query, and those.
func (k urlKind) split(raw string) (scheme, authority, rest string, err error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	scheme = strings.ToLower(scheme)
	switch {
	case ok && (scheme == k.plain || scheme == k.secure):
	case ok && slices.Contains(knownSchemes, scheme):
		return "", "", "", invalid("the scheme must be %s or %s, not %s", k.plain, k.secure, scheme)
	default:
		return "", "", "", invalid("it must begin with %s:// or %s://", k.plain, k.secure)
	}
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	return scheme, rest[:end], rest[end:], nil
}

// cutUserInfo separates what is before the last @.
func cutUserInfo(authority string) (userInfo, hostPort string) {
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		return authority[:at], authority[at+1:]
	}
	return "", authority
}

// splitHostPort takes host and port apart. A host in brackets keeps them; a
// missing port is the scheme's.
func splitHostPort(hostPort string, missing uint16) (host string, port uint16, err error) {
	end := strings.LastIndexByte(hostPort, ']') + 1
	if strings.HasPrefix(hostPort, "[") && end == 0 {
		return "", 0, invalid("the [ of the address is not closed")
	}
	colon := strings.IndexByte(hostPort[end:], ':')
	if colon < 0 {
		colon = len(hostPort) - end
	}
	host, text := hostPort[:end+colon], strings.TrimPrefix(hostPort[end+colon:], ":")
	switch {
	case strings.Contains(text, ":"):
		return "", 0, invalid("an IPv6 address must be in brackets, as in [::1]:8080")
	case host == "":
		return "", 0, invalid("it names no host")
	case host[0] == '[' && strings.Contains(host, "%"):
		return "", 0, invalid("an IPv6 address has no zone (%%…) in a URL")
	case text == "":
		return host, missing, nil
	}
	port, err = parsePort(text)
	return host, port, err
}

// knownSchemes are those that are worth naming where another is needed.
var knownSchemes = []string{"ws", "wss", "http", "https"}

func (k urlKind) defaultPort(scheme string) uint16 {
	if scheme == k.secure {
		return 443
	}
	return 80
}

func parsePort(text string) (uint16, error) {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, invalid("the port must be a number from 1 to 65535")
		}
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, invalid("the port must be a number from 1 to 65535")
	}
	return uint16(port), nil
}

// canonicalHost returns the host that is dialled, and the address if it is one.
// written is the host as the extension wrote it.
func canonicalHost(written string, parsed *whatwg.Url) (string, netip.Addr, error) {
	host := strings.TrimSuffix(parsed.Hostname(), ".")
	switch {
	case strings.HasPrefix(written, "["):
		return canonicalIPv6(written, host)
	case parsed.IsIPv4():
		return canonicalIPv4(written, host)
	case !isName(host):
		return "", netip.Addr{}, invalid("%s is not a valid host name", shownHost(written))
	}
	return host, netip.Addr{}, nil
}

// canonicalIPv6 holds the parser to what is between exactly one pair of brackets.
func canonicalIPv6(written, host string) (string, netip.Addr, error) {
	addr, err := netip.ParseAddr(written[1 : len(written)-1])
	if err != nil || !addr.Is6() {
		return "", netip.Addr{}, invalid("%s is not an IPv6 address", shownHost(written))
	}
	host = strings.Trim(host, "[]")
	if canonical, err := netip.ParseAddr(host); err != nil || canonical != addr {
		return "", netip.Addr{}, invalid("%s is not an IPv6 address", shownHost(written))
	}
	return host, addr, nil
}

// canonicalIPv4 refuses signs, which the parser reads as part of a number.
func canonicalIPv4(written, host string) (string, netip.Addr, error) {
	addr, err := netip.ParseAddr(host)
	if plain, escapeErr := url.PathUnescape(written); err == nil && escapeErr == nil {
		if mapped, _ := idna.Lookup.ToUnicode(plain); !strings.ContainsAny(mapped, "+-") {
			return host, addr, nil
		}
	}
	return "", netip.Addr{}, invalid("%s is not an IPv4 address", shownHost(written))
}

// isName reports whether host is a name in the form in which DNS takes it:
// labels of 1 to 63 letters, digits, hyphens and underscores, 253 in all.
func isName(host string) bool {
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if len(label) < 1 || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

// basicAuth returns the Authorization header that user info stands for.
func basicAuth(userInfo string) (string, error) {
	if userInfo == "" {
		return "", nil
	}
	user, password, _ := strings.Cut(userInfo, ":")
	name, err := url.PathUnescape(user)
	secret, err2 := url.PathUnescape(password)
	if err != nil || err2 != nil {
		return "", invalid("a %% in the user info must be followed by two hexadecimal digits; write %%25 for the sign itself")
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+secret)), nil
}

// shownHost quotes a host that can't be used, shortened.
func shownHost(host string) string {
	if len(host) > 80 {
		host = strings.ToValidUTF8(host[:80], "") + "…"
	}
	return strconv.Quote(host)
}

// An invalidURL says what is wrong with a URL.
type invalidURL string

func (i invalidURL) Error() string { return string(i) }

func invalid(format string, args ...any) error { return invalidURL(fmt.Sprintf(format, args...)) }

func decimal(port uint16) string { return strconv.Itoa(int(port)) }
