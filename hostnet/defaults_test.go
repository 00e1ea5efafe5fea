package hostnet

import (
	"crypto/x509"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDefaults(t *testing.T) {
	got := mustDefaults(t, Options{})
	want := Options{
		MaxConnections: 5, DialTimeout: 10 * time.Second, TLSTimeout: 10 * time.Second, ResponseTimeout: 15 * time.Second,
		HandshakeTimeout: 30 * time.Second, MaxMessage: 32 << 20, MaxIncomingEvents: 1024, MaxIncomingBytes: 8 << 20,
		MaxOutgoingBytes: 16 << 20, PingInterval: 30 * time.Second, PingTimeout: 10 * time.Second,
		MaxFetches: 32, FetchTimeout: 5 * time.Minute, MaxBody: 64 << 20, MaxFetchBytes: 256 << 20,
		CloseGrace: 5 * time.Second, StopGrace: 250 * time.Millisecond,
	}
	if !slices.Equal(got.ReservedPorts, []uint16{4820, 3200}) {
		t.Errorf("reserved ports %v", got.ReservedPorts)
	}
	if got.MaxConnections != want.MaxConnections || got.DialTimeout != want.DialTimeout || got.TLSTimeout != want.TLSTimeout ||
		got.ResponseTimeout != want.ResponseTimeout || got.HandshakeTimeout != want.HandshakeTimeout || got.MaxMessage != want.MaxMessage ||
		got.MaxIncomingEvents != want.MaxIncomingEvents || got.MaxIncomingBytes != want.MaxIncomingBytes || got.MaxOutgoingBytes != want.MaxOutgoingBytes ||
		got.PingInterval != want.PingInterval || got.PingTimeout != want.PingTimeout || got.CloseGrace != want.CloseGrace || got.StopGrace != want.StopGrace ||
		got.MaxFetches != want.MaxFetches || got.FetchTimeout != want.FetchTimeout || got.MaxBody != want.MaxBody || got.MaxFetchBytes != want.MaxFetchBytes {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestOptionsRefused(t *testing.T) {
	for name, opts := range map[string]Options{
		"MaxConnections":    {MaxConnections: -1},
		"DialTimeout":       {DialTimeout: -1},
		"TLSTimeout":        {TLSTimeout: -1},
		"ResponseTimeout":   {ResponseTimeout: -1},
		"HandshakeTimeout":  {HandshakeTimeout: -1},
		"MaxMessage":        {MaxMessage: -1},
		"MaxIncomingEvents": {MaxIncomingEvents: -1},
		"MaxIncomingBytes":  {MaxIncomingBytes: -1},
		"MaxOutgoingBytes":  {MaxOutgoingBytes: -1},
		"PingInterval":      {PingInterval: -1},
		"PingTimeout":       {PingTimeout: -1},
		"MaxFetches":        {MaxFetches: -1},
		"FetchTimeout":      {FetchTimeout: -1},
		"MaxBody":           {MaxBody: -1},
		"MaxFetchBytes":     {MaxFetchBytes: -1},
		"CloseGrace":        {CloseGrace: -1},
		"StopGrace":         {StopGrace: -1},
		"RootCAs":           {RootCAs: []*x509.Certificate{nil}},
		`"no port"`:         {ConnectTo: map[string]string{"no port": "a:1"}},
		`"a:0"`:             {ConnectTo: map[string]string{"b:1": "a:0"}},
		`":1"`:              {ConnectTo: map[string]string{":1": "a:1"}},
		`"a:http"`:          {ConnectTo: map[string]string{"a:http": "a:1"}},
	} {
		if _, err := New(opts); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestConnectToIsCanonical(t *testing.T) {
	got := mustDefaults(t, Options{ConnectTo: map[string]string{"Example.COM.:0443": "[0:0::1]:01"}}).ConnectTo
	if want := map[string]string{"example.com:443": "[::1]:1"}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
