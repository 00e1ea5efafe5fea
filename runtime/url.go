package runtime

import (
	"strings"

	"github.com/dop251/goja"
	whatwg "github.com/nlnwa/whatwg-url/url"
)

// parseURL returns the parts of a URL, or null.
func (e *Extension) parseURL(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	e.boundURL(text)
	if goja.IsUndefined(call.Argument(1)) {
		return e.urlParts(whatwg.Parse(text))
	}
	base := textOf(call.Argument(1))
	e.boundURL(base)
	parsed, err := whatwg.Parse(base)
	if err != nil {
		return goja.Null()
	}
	return e.urlParts(parsed.Parse(text))
}

// setURL returns the parts of a URL of which one has been set. What a part can't
// be changes nothing.
func (e *Extension) setURL(call goja.FunctionCall) goja.Value {
	href, part, value := textOf(call.Argument(0)), textOf(call.Argument(1)), textOf(call.Argument(2))
	e.boundURL(href)
	e.boundPart(part, value)
	parsed, err := whatwg.Parse(href)
	if err != nil {
		return goja.Null()
	}
	if set, ok := urlSetters[part]; ok {
		set(parsed, value)
	}
	return e.urlParts(parsed, nil)
}

var urlSetters = map[string]func(*whatwg.Url, string){
	"protocol": (*whatwg.Url).SetProtocol,
	"username": (*whatwg.Url).SetUsername,
	"password": (*whatwg.Url).SetPassword,
	"host":     (*whatwg.Url).SetHost,
	"hostname": (*whatwg.Url).SetHostname,
	"port":     (*whatwg.Url).SetPort,
	"pathname": (*whatwg.Url).SetPathname,
	"search":   (*whatwg.Url).SetSearch,
	"hash":     (*whatwg.Url).SetHash,
}

// urlParts are in the order that the script of the web's globals knows.
func (e *Extension) urlParts(u *whatwg.Url, err error) goja.Value {
	if err != nil {
		return goja.Null()
	}
	return e.vm.js.NewArray(
		u.Href(false), urlOrigin(u), u.Protocol(), u.Username(), u.Password(),
		u.Host(), u.Hostname(), u.Port(), u.Pathname(), u.Search(), u.Hash(),
	)
}

// urlOrigin is the origin as a text; that of a scheme without one is "null".
func urlOrigin(u *whatwg.Url) string {
	switch u.Scheme() {
	case "http", "https", "ws", "wss", "ftp":
		return u.Protocol() + "//" + u.Host()
	case "blob":
		inner, err := whatwg.Parse(u.Pathname())
		if err == nil && strings.HasPrefix(inner.Scheme(), "http") {
			return urlOrigin(inner)
		}
	}
	return "null"
}
