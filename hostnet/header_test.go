package hostnet

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestHeadersAccepted(t *testing.T) {
	for _, test := range []struct {
		name      string
		headers   any
		protocols any
		want      http.Header
		offered   []string
	}{
		{"none", nil, nil, http.Header{}, nil},
		{"empty", rpc.Object{}, []any{}, http.Header{}, nil},
		{"the extension's to set", rpc.Object{{Name: "origin", Value: "https://a"}, {Name: "COOKIE", Value: "a=b"}, {Name: "Authorization", Value: "Bearer x"}, {Name: "user-agent", Value: "me"}}, nil,
			http.Header{"Origin": {"https://a"}, "Cookie": {"a=b"}, "Authorization": {"Bearer x"}, "User-Agent": {"me"}}, nil},
		{"several of one name", rpc.Object{{Name: "x-a", Value: "1"}, {Name: "X-A", Value: "2"}, {Name: "X-a", Value: "3"}}, nil, http.Header{"X-A": {"1, 2, 3"}}, nil},
		{"several cookies", rpc.Object{{Name: "cookie", Value: "a=1"}, {Name: "Cookie", Value: "b=2"}}, nil, http.Header{"Cookie": {"a=1; b=2"}}, nil},
		{"blanks around a value", rpc.Object{{Name: "X-A", Value: " \t1 2\t"}}, nil, http.Header{"X-A": {"1 2"}}, nil},
		{"an empty value", rpc.Object{{Name: "X-A", Value: ""}}, nil, http.Header{"X-A": {""}}, nil},
		{"beyond ASCII", rpc.Object{{Name: "X-A", Value: "ü"}}, nil, http.Header{"X-A": {"ü"}}, nil},
		{"map of any", map[string]any{"x-a": "1"}, nil, http.Header{"X-A": {"1"}}, nil},
		{"map of strings", map[string]string{"x-a": "1", "x-b": "2"}, nil, http.Header{"X-A": {"1"}, "X-B": {"2"}}, nil},
		{"one protocol", nil, "chat", http.Header{}, []string{"chat"}},
		{"protocols", nil, []any{"a", "B!#$%&'*+-.^_`|~"}, http.Header{}, []string{"a", "B!#$%&'*+-.^_`|~"}},
		{"Go protocols", nil, []string{"a"}, http.Header{}, []string{"a"}},
		{"protocols differ in case", nil, []any{"a", "A"}, http.Header{}, []string{"a", "A"}},
		{"protocols in the header", rpc.Object{{Name: "sec-websocket-PROTOCOL", Value: "a , b"}}, "c", http.Header{}, []string{"a", "b", "c"}},
	} {
		got, offered, err := judgeHeaders(test.headers, test.protocols, target{})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if fmt.Sprint(got) != fmt.Sprint(test.want) || !slices.Equal(offered, test.offered) {
			t.Errorf("%s: got %v %q, want %v %q", test.name, got, offered, test.want, test.offered)
		}
	}
}

func TestHeadersRefused(t *testing.T) {
	for _, name := range []string{
		"Host", "Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept",
		"Content-Length", "Transfer-Encoding", "TE", "Trailer", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "Proxy-Anything", "Expect", "HTTP2-Settings",
		"", "a b", "a:b", "a\r\nb", "a\nb", "ä", "a\x00", "(a)",
	} {
		for _, spelled := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
			_, _, err := judgeHeaders(rpc.Object{{Name: "X-Fine", Value: "secret"}, {Name: spelled, Value: "secret"}}, nil, target{})
			checkHeaderError(t, spelled, err)
		}
	}
	for _, value := range []any{"secret\r\nHost: x", "secret\n", "\rsecret", "secret\x00", "\x7fsecret", nil, 1, 1.5, true, []any{"secret"}, rpc.Object{}, []byte("secret")} {
		_, _, err := judgeHeaders(rpc.Object{{Name: "X-Value", Value: value}}, nil, target{})
		checkHeaderError(t, "X-Value", err)
	}
	for _, headers := range []any{"secret", 1, true, []any{"secret"}, []byte("secret")} {
		_, _, err := judgeHeaders(headers, nil, target{})
		checkHeaderError(t, "", err)
	}
}

func checkHeaderError(t *testing.T, name string, err error) {
	t.Helper()
	if rpc.Code(err) != CodeInvalidHeader || !strings.Contains(err.Error(), strings.Trim(fmt.Sprintf("%q", name), `"`)) || strings.Contains(err.Error(), "secret") {
		t.Errorf("%q: got %v", name, err)
	}
}

func TestProtocolsRefused(t *testing.T) {
	many := make([]any, maxHeaders+1)
	for i := range many {
		many[i] = fmt.Sprint("p", i)
	}
	for name, test := range map[string]struct{ header, option any }{
		"not a token":            {nil, "a b"},
		"empty":                  {nil, ""},
		"a comma":                {nil, "a,b"},
		"a line break":           {nil, []any{"a\r\nb"}},
		"beyond ASCII":           {nil, []any{"ä"}},
		"twice":                  {nil, []any{"a", "b", "a"}},
		"twice, in the header":   {"a,a", nil},
		"twice, in both":         {"a", "a"},
		"an empty one in header": {"a,,b", nil},
		"a number":               {nil, 1},
		"an array of numbers":    {nil, []any{1}},
		"an object":              {nil, rpc.Object{}},
		"too many":               {nil, many},
		"too long":               {nil, strings.Repeat("a", maxHeaderBytes+1)},
	} {
		var headers rpc.Object
		if test.header != nil {
			headers = rpc.Object{{Name: "Sec-WebSocket-Protocol", Value: test.header}}
		}
		if _, _, err := judgeHeaders(headers, test.option, target{}); rpc.Code(err) != CodeInvalidHeader {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestHeaderLimits(t *testing.T) {
	numbered := func(n int) (headers rpc.Object) {
		for i := range n {
			headers = append(headers, rpc.Field{Name: fmt.Sprint("X-", i), Value: ""})
		}
		return headers
	}
	sized := func(n int) rpc.Object {
		return rpc.Object{{Name: "Abcd", Value: strings.Repeat("a", n/2-4)}, {Name: "Efgh", Value: strings.Repeat("a", n-n/2-4)}}
	}
	for name, test := range map[string]struct {
		headers rpc.Object
		refused string
	}{
		"100 headers": {numbered(100), ""},
		"101 headers": {numbered(101), "101 headers"},
		"16 KiB":      {sized(maxHeaderBytes), ""},
		"a byte more": {sized(maxHeaderBytes + 1), `"Efgh"`},
		"2 MB":        {rpc.Object{{Name: "X-Large", Value: strings.Repeat("a", 2<<20)}}, `"X-Large"`},
		"2 MB name":   {rpc.Object{{Name: strings.Repeat("a", 2<<20), Value: ""}}, `"aaaa`},
	} {
		_, _, err := judgeHeaders(test.headers, nil, target{})
		switch {
		case test.refused == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.refused != "" && (rpc.Code(err) != CodeInvalidHeader || !strings.Contains(err.Error(), test.refused) || len(err.Error()) > 300):
			t.Errorf("%s: got %.400v, want a mention of %s", name, err, test.refused)
		}
	}
}

func TestUserInfoBecomesAuthorization(t *testing.T) {
	to, err := parseURL("ws://user:pass@example.com/")
	if err != nil {
		t.Fatal(err)
	}
	if header, _, _ := judgeHeaders(nil, nil, to); header.Get("Authorization") != "Basic dXNlcjpwYXNz" {
		t.Errorf("got %v", header)
	}
	if header, _, _ := judgeHeaders(rpc.Object{{Name: "authorization", Value: "mine"}}, nil, to); !slices.Equal(header["Authorization"], []string{"mine"}) {
		t.Errorf("the extension's own is lost: %v", header)
	}
}
