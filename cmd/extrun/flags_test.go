package main

import (
	"net/http"
	"net/url"
	"testing"
)

func TestMaxHeap(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1048576": 1 << 20, "3KiB": 3 << 10, "512MiB": 512 << 20, "2GiB": 2 << 30} {
		if s, err := parse([]string{"--max-heap", text, "x.js"}); err != nil || s.maxHeap != want {
			t.Errorf("%s: %d, %v", text, s.maxHeap, err)
		}
	}
	if s, err := parse([]string{"x.js"}); err != nil || s.maxHeap != 1<<30 {
		t.Errorf("by default %d, %v", s.maxHeap, err)
	}
	for _, bad := range []string{"", "GiB", "-1", "1.5GiB", "1GB", "9000000000GiB"} {
		if _, err := parse([]string{"--max-heap", bad, "x.js"}); err == nil {
			t.Errorf("%q is taken for a size", bad)
		}
	}
}

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
