package hostnet

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// What the headers of one handshake may amount to.
const (
	maxHeaders     = 100
	maxHeaderBytes = 16 << 10 // names and values together
)

// protocolHeader is the header that counts as the protocols option.
const protocolHeader = "Sec-Websocket-Protocol"

// forbiddenHeaders are the canonical names that belong to the handshake or to
// the connection, besides everything that begins with forbiddenPrefix.
var forbiddenHeaders = map[string]bool{
	"Host":                     true,
	"Connection":               true,
	"Upgrade":                  true,
	"Sec-Websocket-Key":        true,
	"Sec-Websocket-Version":    true,
	"Sec-Websocket-Extensions": true,
	"Sec-Websocket-Accept":     true,
	"Content-Length":           true,
	"Transfer-Encoding":        true,
	"Te":                       true,
	"Trailer":                  true,
	"Keep-Alive":               true,
	"Expect":                   true,
	"Http2-Settings":           true,
}

const forbiddenPrefix = "Proxy-"

// judgeHeaders turns the headers and protocols that an extension gave into what
// is sent to a target. headers is nil or an object of strings; protocols is
// nil, a string or an array of strings. Names are compared without case: the
// values of several that differ in case only are merged into one line, as RFC
// 9110 §5.3 lets a recipient do. The header that is returned has canonical keys only, one value each, and no subprotocols; the
// target's user info is in it. The error has the code [CodeInvalidHeader] and
// names the header, but no value.
func judgeHeaders(headers, protocols any, to target) (http.Header, []string, error) {
	fields, err := headerFields(headers)
	if err != nil {
		return nil, nil, err
	}
	header, err := mergeHeaders(fields, "a WebSocket", to)
	if err != nil {
		return nil, nil, err
	}
	inHeader := header.Get(protocolHeader)
	header.Del(protocolHeader)
	accepted, err := judgeProtocols(inHeader, protocols)
	return header, accepted, err
}

// mergeHeaders judges the headers of what, which is for a target, and merges
// them.
func mergeHeaders(fields rpc.Object, what string, to target) (http.Header, error) {
	if len(fields) > maxHeaders {
		return nil, refuse(CodeInvalidHeader, "%d headers were given, but %s may have %d", len(fields), what, maxHeaders)
	}
	header := make(http.Header, len(fields))
	size := 0
	for _, field := range fields {
		value, err := judgeHeader(field)
		if err != nil {
			return nil, err
		}
		if size += len(field.Name) + len(value); size > maxHeaderBytes {
			return nil, refuse(CodeInvalidHeader, "header %s: the headers of %s may have %d bytes together", shownName(field.Name), what, maxHeaderBytes)
		}
		merge(header, http.CanonicalHeaderKey(field.Name), value)
	}
	if _, given := header["Authorization"]; !given && to.authorization != "" {
		header.Set("Authorization", to.authorization)
	}
	return header, nil
}

// merge puts a value behind those that the header has already.
func merge(header http.Header, name, value string) {
	between := ", "
	if name == "Cookie" { // RFC 6265 §5.4
		between = "; "
	}
	if earlier, ok := header[name]; ok {
		value = earlier[0] + between + value
	}
	header[name] = []string{value}
}

// headerFields reads the headers param, in an order that is always the same.
func headerFields(headers any) (rpc.Object, error) {
	var fields rpc.Object
	switch headers := headers.(type) {
	case nil:
	case rpc.Object:
		fields = headers
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			fields = append(fields, rpc.Field{Name: name, Value: headers[name]})
		}
	case map[string]string:
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			fields = append(fields, rpc.Field{Name: name, Value: headers[name]})
		}
	default:
		return nil, refuse(CodeInvalidHeader, "headers must be an object of strings, not %s", kind(headers))
	}
	return fields, nil
}

// judgeHeader returns the value of one header as it is sent.
func judgeHeader(field rpc.Field) (string, error) {
	name := shownName(field.Name)
	if !httpguts.ValidHeaderFieldName(field.Name) {
		return "", refuse(CodeInvalidHeader, "header %s: that is not a valid header name", name)
	}
	canonical := http.CanonicalHeaderKey(field.Name)
	if forbiddenHeaders[canonical] || strings.HasPrefix(canonical, forbiddenPrefix) {
		return "", refuse(CodeInvalidHeader, "header %s: extensions can't set this header, the host does", name)
	}
	value, ok := field.Value.(string)
	if !ok {
		return "", refuse(CodeInvalidHeader, "header %s: the value must be a string, not %s", name, kind(field.Value))
	}
	if !httpguts.ValidHeaderFieldValue(value) {
		return "", refuse(CodeInvalidHeader, "header %s: the value has a line break or another control character", name)
	}
	return strings.Trim(value, " \t"), nil
}

// shownName quotes a header's name, shortened.
func shownName(name string) string {
	if len(name) > 60 {
		name = strings.ToValidUTF8(name[:60], "") + "…"
	}
	return fmt.Sprintf("%q", name)
}

// kind names a value's type as JavaScript's authors know it.
func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case int, int64, float64:
		return "a number"
	case []byte:
		return "bytes"
	case []any:
		return "an array"
	}
	return "an object"
}
