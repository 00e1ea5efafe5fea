package main

import (
	"net/http"
	"net/url"
	"testing"
)

func TestProxySchemes(t *testing.T) {
	for _, scheme := range []string{"http", "https", "socks5", "socks5h"} {
		s, err := parse([]string{"--proxy", scheme + "://proxy.test:1080", "x.js"})
		if err != nil {
			t.Error(err)
			continue
		}
		proxy, err := s.proxy(&http.Request{URL: &url.URL{Scheme: "http", Host: "example.test"}})
		if err != nil || proxy.String() != scheme+"://proxy.test:1080" {
			t.Errorf("got %v, %v", proxy, err)
		}
	}
	for _, bad := range []string{"socks4://proxy.test:1080", "proxy.test:1080", "socks5h://", ""} {
		if _, err := parse([]string{"--proxy", bad, "x.js"}); err == nil {
			t.Errorf("%q is taken for a proxy", bad)
		}
	}
}
