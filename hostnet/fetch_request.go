package hostnet

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/net/http/httpguts"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// maxMethod is how long a method's name may be, in bytes.
const maxMethod = 64

// A fetchRequest is a request that was read and judged.
type fetchRequest struct {
	to           target
	method       string
	header       http.Header // as it is sent; canonical names with one value each
	body         []byte      // nobody changes it
	responseType string      // text, base64 or bytes
	redirect     string      // follow, error or manual
	web          bool        // for the web's fetch, which knows more than network.fetch
	timeout      time.Duration
	hops         int // redirects so far
}

// readRequest judges what can be judged without the network.
func (n *Namespace) readRequest(params rpc.Object) (*fetchRequest, error) {
	raw, ok := params.Text("url")
	if !ok {
		return nil, refuse(CodeInvalidData, "network.fetch: url must be a string, not %s", kind(params.Get("url")))
	}
	r := new(fetchRequest)
	_, r.web = params.Lookup("redirect")
	var err error
	if r.to, err = n.policy.judgeRequest(raw); err != nil {
		return nil, err
	}
	if r.header, err = r.readHeader(params.Get("headers")); err != nil {
		return nil, err
	}
	if r.responseType, err = word(params, "responseType", "text", "base64", "bytes"); err != nil {
		return nil, err
	}
	if r.redirect, err = word(params, "redirect", "follow", "error", "manual"); err != nil {
		return nil, err
	}
	if r.timeout, err = timeoutParam(params, "network.fetch", n.opts.FetchTimeout); err != nil {
		return nil, err
	}
	if r.method, err = r.readMethod(params.Get("method")); err != nil {
		return nil, err
	}
	return r, r.readBody(params.Get("body"), n.opts.MaxBody)
}

// word reads a param that is one of some words, the first if it is missing.
func word(params rpc.Object, name string, words ...string) (string, error) {
	value := params.Get(name)
	if value == nil || value == "" {
		return words[0], nil
	}
	text, ok := value.(string)
	if !ok || !slices.Contains(words, text) {
		return "", refuse(CodeInvalidData, "network.fetch: %s must be one of %s", name, strings.Join(words, ", "))
	}
	return text, nil
}

// readMethod reads the method. Without the web's own rules for it, it is in
// upper case.
func (r *fetchRequest) readMethod(value any) (string, error) {
	if value == nil || value == "" {
		return http.MethodGet, nil
	}
	method, ok := value.(string)
	if !ok {
		return "", refuse(CodeInvalidData, "network.fetch: method must be a string, not %s", kind(value))
	}
	upper := strings.ToUpper(method)
	switch {
	case len(method) > maxMethod || !httpguts.ValidHeaderFieldName(method): // A field name is a token.
		return "", refuse(CodeInvalidData, "network.fetch: method %s is not a valid method", shownName(method))
	case upper == "CONNECT" || upper == "TRACE" || upper == "TRACK":
		return "", refuse(CodeInvalidData, "network.fetch: the method %s is not for extensions", upper)
	case r.web:
		return method, nil
	}
	return upper, nil
}

// readHeader judges the headers and adds those of ours.
func (r *fetchRequest) readHeader(headers any) (http.Header, error) {
	fields, err := r.headerFields(headers)
	if err != nil {
		return nil, err
	}
	header, err := mergeHeaders(fields, "a request", r.to)
	if err != nil {
		return nil, err
	}
	accepted := "gzip, deflate"
	if _, ranged := header["Range"]; ranged { // A part of what is compressed can't be read.
		accepted = "identity"
	}
	setMissing(header, "User-Agent", userAgent)
	setMissing(header, "Accept", "*/*")
	setMissing(header, "Accept-Encoding", accepted)
	return header, nil
}

// headerFields reads the headers param: as for sockets, or pairs of a name and a
// value, of which each character is a byte.
func (r *fetchRequest) headerFields(headers any) (rpc.Object, error) {
	pairs, ok := headers.([]any)
	if !ok {
		return headerFields(headers)
	}
	fields := make(rpc.Object, len(pairs))
	for i, pair := range pairs {
		entry, ok := pair.([]any)
		if !ok || len(entry) != 2 {
			return nil, refuse(CodeInvalidHeader, "headers must be an object of strings, or an array of pairs of a name and a value")
		}
		name, ok := entry[0].(string)
		if !ok {
			return nil, refuse(CodeInvalidHeader, "the name of a header must be a string, not %s", kind(entry[0]))
		}
		fields[i] = rpc.Field{Name: name, Value: entry[1]}
		if text, ok := entry[1].(string); ok {
			if fields[i].Value, ok = isomorphicEncode(text); !ok {
				return nil, refuse(CodeInvalidHeader, "header %s: the value has a character above U+00FF", shownName(name))
			}
		}
	}
	return fields, nil
}

func setMissing(header http.Header, name, value string) {
	if _, given := header[name]; !given {
		header[name] = []string{value}
	}
}

// readBody reads the body, and says what type it is of unless the extension has.
func (r *fetchRequest) readBody(value any, limit int64) error {
	body, contentType, err := bodyBytes(value)
	if err != nil || body == nil {
		return err
	}
	if r.method == http.MethodGet || r.method == http.MethodHead {
		return refuse(CodeInvalidData, "network.fetch: a %s request can't have a body", r.method)
	}
	if int64(len(body)) > limit {
		return refuse(CodeTooLarge, "network.fetch: the body has %d bytes, and may have %d", len(body), limit)
	}
	if contentType != "" && !r.web {
		setMissing(r.header, "Content-Type", contentType)
	}
	r.body = body
	return nil
}

// bodyBytes returns the bytes of a body, or nil if there is none.
func bodyBytes(value any) (body []byte, contentType string, err error) {
	if lazy, ok := value.(rpc.Lazy); ok {
		value = lazy.Value()
	}
	switch value := value.(type) {
	case nil:
		return nil, "", nil
	case []byte:
		return slices.Clip(value), "", nil
	case string:
		if value == "" {
			return []byte{}, "text/plain;charset=UTF-8", nil
		}
		return unsafe.Slice(unsafe.StringData(value), len(value)), "text/plain;charset=UTF-8", nil // It is only read.
	case bool, int, int64, float64:
		return nil, "", refuse(CodeInvalidData, "network.fetch: body must be a string, bytes, an object or an array, not %s", kind(value))
	}
	text, err := rpc.EncodeJSON(value)
	if err != nil {
		return nil, "", refuse(CodeInvalidData, "network.fetch: body can't be written as JSON: %v", err)
	}
	return text, "application/json", nil
}

// repeatable reports whether the request may reach the server twice: RFC 9110
// section 9.2.2.
func (r *fetchRequest) repeatable() bool {
	switch r.method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// message is the request as it is written.
func (r *fetchRequest) message() *http.Request {
	u, _ := url.Parse(r.to.url) // It was made by that package.
	message := &http.Request{Method: r.method, URL: u, Host: u.Host, Header: r.header}
	if r.body != nil {
		message.Body = io.NopCloser(bytes.NewReader(r.body))
		message.ContentLength = int64(len(r.body))
	}
	return message
}
