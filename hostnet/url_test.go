package hostnet

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestCanonicalURL(t *testing.T) {
	for _, test := range []struct{ raw, url, host string }{
		{"ws://example.com", "ws://example.com/", "example.com"},
		{"wss://example.com/stream?a=b&c", "wss://example.com/stream?a=b&c", "example.com"},
		{"WSS://Example.COM:443/A", "wss://example.com/A", "example.com"},
		{"ws://example.com:80/", "ws://example.com/", "example.com"},
		{"ws://example.com:443/", "ws://example.com:443/", "example.com"},
		{"ws://example.com:/", "ws://example.com/", "example.com"},
		{"ws://example.com:08080/", "ws://example.com:8080/", "example.com"},
		{"ws://example.com./", "ws://example.com/", "example.com"},
		{"ws://127.0.0.1./", "ws://127.0.0.1/", "127.0.0.1"},
		{"ws://127.1:8080", "ws://127.0.0.1:8080/", "127.0.0.1"},
		{"ws://0x7f.1:8080", "ws://127.0.0.1:8080/", "127.0.0.1"},
		{"ws://2130706433:8080", "ws://127.0.0.1:8080/", "127.0.0.1"},
		{"ws://[::1]:8080/", "ws://[::1]:8080/", "::1"},
		{"ws://[0:0:0:0:0:0:0:1]/", "ws://[::1]/", "::1"},
		{"ws://[::ffff:127.0.0.1]/", "ws://[::ffff:7f00:1]/", "::ffff:7f00:1"},
		{"ws://bücher.example/", "ws://xn--bcher-kva.example/", "xn--bcher-kva.example"},
		{"ws://faß.de/", "ws://xn--fa-hia.de/", "xn--fa-hia.de"},
		{"ws://loc\u00adalhost:8080/", "ws://localhost:8080/", "localhost"},
		{"ws://%6cocalhost:8080/", "ws://localhost:8080/", "localhost"},
		{"ws://under_score.example/", "ws://under_score.example/", "under_score.example"},
		{"ws://user:secret@example.com/x", "ws://example.com/x", "example.com"},
		{"ws://a@b@example.com/x", "ws://example.com/x", "example.com"},
		{"ws://example.com/a/../b/./c//d", "ws://example.com/b/c//d", "example.com"},
		{"ws://example.com/ä|^?ä='", "ws://example.com/%C3%A4%7C%5E?%C3%A4=%27", "example.com"},
		{"ws://example.com/%2e%2F/%7C|", "ws://example.com/%2e%2F/%7C%7C", "example.com"},
		{"ws://example.com/a%2Fb^[]{}!$&'()*+,;=:@~", "ws://example.com/a%2Fb%5E[]%7B%7D!$&'()*+,;=:@~", "example.com"},
		{"ws://example.com?q=%zz", "ws://example.com/?q=%zz", "example.com"},
	} {
		got, err := parseURL(test.raw)
		if err != nil {
			t.Errorf("%s: %v", test.raw, err)
			continue
		}
		if got.url != test.url || got.host != test.host {
			t.Errorf("%s: got %s, host %s, want %s, host %s", test.raw, got.url, got.host, test.url, test.host)
		}
	}
}

func TestInvalidURL(t *testing.T) {
	const prefix = "Invalid WebSocket URL: "
	for _, test := range []struct{ raw, reason string }{
		{"", "must begin with ws://"},
		{"example.com", "must begin with ws://"},
		{"//example.com", "must begin with ws://"},
		{"ws:example.com", "must begin with ws://"},
		{"ws:/example.com", "must begin with ws://"},
		{"http://example.com/", "must be ws or wss, not http"},
		{"HTTPS://example.com/", "must be ws or wss, not https"},
		{"ftp://example.com/", "must begin with ws://"},
		{"secret:word@example.com://", "must begin with ws://"},
		{"ws://", "names no host"},
		{"ws:///x", "names no host"},
		{"ws://?x", "names no host"},
		{"ws://:80/", "names no host"},
		{"ws://user@/", "names no host"},
		{"ws://user@:80/", "names no host"},
		{"ws://./", "not a valid host"},
		{"ws://example..com/", "not a valid host"},
		{"ws://example.com../", "not a valid host"},
		{"ws://.example.com/", "not a valid host"},
		{"ws://exa$mple.com/", "not a valid host"},
		{"ws://a+b.com/", "not a valid host"},
		{"ws://exa%00mple.com/", "not a valid host"},
		{"ws://exa%20mple.com/", "not a valid host"},
		{"ws://exa%2fmple.com/", "not a valid host"},
		{"ws://exa%23mple.com/", "not a valid host"},
		{"ws://%ff.com/", "not a valid host"},
		{"ws://exa<mple.com/", "not a valid host"},
		{"ws://xn--a.de/", "not a valid host"},
		{"ws://" + strings.Repeat("a", 64) + ".de/", "not a valid host"},
		{"ws://" + strings.Repeat("a.", 127) + "de/", "not a valid host"},
		{"ws://256.256.256.256/", "not a valid host"},
		{"ws://1.2.3.4.5/", "not a valid host"},
		{"ws://127.0.0.-1/", "not an IPv4 address"},
		{"ws://127.0.0.+1/", "not an IPv4 address"},
		{"ws://127.0.0.%2B1/", "not an IPv4 address"},
		{"ws://127.0.0.＋1/", "not a"},
		{"ws://::1:4820/", "must be in brackets"},
		{"ws://[::1/", "not closed"},
		{"ws://[[::1]]/", "not an IPv6 address"},
		{"ws://[::1]x/", "not a"},
		{"ws://[127.0.0.1]/", "not a"},
		{"ws://[]/", "not a"},
		{"ws://[::1%25lo]:4820/", "no zone"},
		{"ws://[::1%lo]:4820/", "no zone"},
		{"ws://[fe80::1%eth0]/", "no zone"},
		{"ws://example.com:0/", "1 to 65535"},
		{"ws://example.com:65536/", "1 to 65535"},
		{"ws://example.com:99999999999999999999/", "1 to 65535"},
		{"ws://example.com:-1/", "1 to 65535"},
		{"ws://example.com:+80/", "1 to 65535"},
		{"ws://example.com:８０/", "1 to 65535"},
		{"ws://example.com:http/", "1 to 65535"},
		{"ws://example.com:80:80/", "brackets"},
		{"ws://example.com/#", "no fragment"},
		{"ws://example.com/#part", "no fragment"},
		{"ws://example.com/a b", "blank"},
		{" ws://example.com/", "blank"},
		{"ws://example.com/\n", "blank"},
		{"ws://exam\tple.com/", "blank"},
		{"ws://example.com/\u00a0", "blank"},
		{"ws://example.com/\u3000", "blank"},
		{"ws://example.com/?a\rb", "blank"},
		{"ws://example.com/\x00", "control character"},
		{"ws://example.com/\x7f", "control character"},
		{"ws://example.com/\x85", "not valid Unicode"},
		{"ws://example.com/\u0081", "control character"},
		{`ws:\\example.com/`, "backslash"},
		{`ws://example.com\@localhost:4820/`, "backslash"},
		{"ws://example.com/%zz", "hexadecimal"},
		{"ws://us%zzer@example.com/", "hexadecimal"},
		{"ws://example.com/" + strings.Repeat("a", maxURL), "longer than"},
	} {
		_, err := policy{}.judge(test.raw)
		if rpc.Code(err) != CodeInvalidURL || !strings.HasPrefix(err.Error(), prefix) || !strings.Contains(err.Error(), test.reason) {
			t.Errorf("%.80q: got %v, want %s…%s", test.raw, err, prefix, test.reason)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%.80q: the message gives the user info away: %v", test.raw, err)
		}
	}
}

func TestBasicAuth(t *testing.T) {
	for raw, want := range map[string]string{
		"ws://example.com/":                "",
		"ws://@example.com/":               "",
		"ws://user@example.com/":           "Basic dXNlcjo=",
		"ws://user:pass@example.com/":      "Basic dXNlcjpwYXNz",
		"ws://user:pa:ss@example.com/":     "Basic dXNlcjpwYTpzcw==",
		"ws://us%65r:p%40ss@example.com/":  "Basic dXNlcjpwQHNz",
		"ws://user:p@ss@example.com/":      "Basic dXNlcjpwQHNz",
		"ws://:pass@example.com/?x=a@b:c/": "Basic OnBhc3M=",
	} {
		if got, err := parseURL(raw); err != nil || got.authorization != want {
			t.Errorf("%s: got %q, %v, want %q", raw, got.authorization, err, want)
		}
	}
}

func TestDisplayHidesSecrets(t *testing.T) {
	for raw, want := range map[string]string{
		"wss://user:secret@example.com/a/b?token=secret": "wss://example.com/a/b",
		"ws://example.com:8080":                          "ws://example.com:8080/",
		"ws://[::1]:8080/?secret":                        "ws://[::1]:8080/",
		"ws://h/" + strings.Repeat("a", 300):             "ws://h/" + strings.Repeat("a", maxShownPath-1) + "…",
	} {
		if got, err := parseURL(raw); err != nil || got.display != want {
			t.Errorf("%.60s: got %s, %v, want %s", raw, got.display, err, want)
		}
	}
}
