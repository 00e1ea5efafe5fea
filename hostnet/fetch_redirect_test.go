package hostnet

import (
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// redirecting answers with the status and Location that the path says, and
// anything else with 200.
func redirecting(request *http.Request) string {
	way, ok := strings.CutPrefix(request.URL.Path, "/to/")
	if !ok {
		return whole("200 OK", "")
	}
	status, location, _ := strings.Cut(way, "/")
	if request.Method == "HEAD" {
		return "HTTP/1.1 " + status + " Moved\r\nLocation: /" + location + "\r\n\r\n"
	}
	return whole(status+" Moved", "elsewhere", "Location: /"+location)
}

func TestFetchFollowsRedirects(t *testing.T) {
	server := serveRaw(t, redirecting)
	f := newFixture(t, Options{})
	headers := object("Authorization", "a", "Content-Type", "b", "Cookie", "c")
	const kept, emptied = "Authorization=a Content-Type=b Cookie=c x", "Authorization=a Cookie=c "
	for _, test := range []struct{ method, status, want string }{
		{"POST", "301", "GET " + emptied},
		{"POST", "302", "GET " + emptied},
		{"POST", "303", "GET " + emptied},
		{"PUT", "301", "PUT " + kept},
		{"PUT", "303", "GET " + emptied},
		{"POST", "307", "POST " + kept},
		{"DELETE", "308", "DELETE " + kept},
	} {
		reply := f.fetch(server.url+"/to/"+test.status+"/end%3Fq", "method", test.method, "body", "x", "headers", headers, "redirect", "follow")
		if got := described(server.last()); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.method, test.status, got, test.want)
		}
		if reply.Get("url") != server.url+"/end?q" || reply.Get("redirected") != true {
			t.Errorf("%s %s: %v", test.method, test.status, reply)
		}
	}
	f.fetch(server.url+"/to/303/end", "method", "HEAD")
	if got := described(server.last()); got != "HEAD " {
		t.Errorf("got %q", got)
	}
	if n := server.Accepted(t); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestFetchManualRedirect(t *testing.T) {
	server := serveRaw(t, redirecting)
	reply := newFixture(t, Options{}).fetch(server.url+"/to/302/end", "redirect", "manual")
	if reply.Get("status") != int64(302) || reply.Get("body") != "elsewhere" || reply.Get("redirected") != false ||
		reply.Get("headers").(rpc.Object).Get("location") != "/end" {
		t.Errorf("%v", reply)
	}
}

// TestFetchKeepsSecrets checks what another origin is told, and what it isn't.
func TestFetchKeepsSecrets(t *testing.T) {
	other := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	server := serveRaw(t, func(*http.Request) string { return whole("307 There", "", "Location: "+other.url+"/x") })
	f := newFixture(t, Options{})
	f.fetch("http://u:p@"+server.Addr+"/", "method", "POST", "body", "b", "headers", object("Cookie", "c", "X-A", "a"))
	if got := described(other.last()); got != "POST Content-Type=text/plain;charset=UTF-8 X-A=a b" {
		t.Errorf("got %q", got)
	}
}

// TestFetchRefusesRedirects checks that each hop is judged like a URL of the
// extension's, and that nothing is sent to what is refused.
func TestFetchRefusesRedirects(t *testing.T) {
	reserved := hostnettest.Serve(t, "127.0.0.1:0", stall)
	resolver := hostnettest.NewResolver(map[string][]string{"rebound.test": {"127.0.0.1"}})
	f, book := recorded(t, Options{ReservedPorts: []uint16{reserved.Port}, Resolve: resolver.Resolve})
	port := decimal(reserved.Port)
	for _, test := range []struct{ code, location, words string }{
		{CodeURLBlocked, "http://127.0.0.1:" + port + "/s", "redirect leads to http://127.0.0.1:PORT/s: blocked"},
		{CodeURLBlocked, "//[::ffff:7f00:1]:" + port, "blocked: port PORT of this machine"},
		{CodeURLBlocked, "http://rebound.test:" + port + "/", "the name resolves to this machine"},
		{CodeRedirect, "ftp://h.test/", "must begin with http://"},
		{CodeRedirect, "ws://h.test/", "must be http or https, not ws"},
		{CodeRedirect, "javascript:alert(1)", "must begin with http://"},
		{CodeRedirect, "data:,x", "must begin with http://"},
		{CodeRedirect, "http://u:s3cret@h.test/", "user name or password"},
		{CodeRedirect, "http://[/", "not a URL"},
		{CodeRedirect, "http://h.test/?s3cret=" + strings.Repeat("x", maxURL), "more than 16384 bytes"},
		{CodeRedirect, "/a\r\nLocation: /b", "more than one Location"},
		{CodeRedirect, "/again", "redirected more than 10 times"},
	} {
		server := serveRaw(t, func(*http.Request) string { return whole("302 Found", "", "Location: "+test.location) })
		check(t, f.fetchError(test.code, server.url), test.words)
		if test.location == "/again" && server.requests() != maxRedirects+1 {
			t.Errorf("%d requests", server.requests())
		}
	}
	server := serveRaw(t, redirecting)
	check(t, f.fetchError(CodeRedirect, server.url+"/to/301/end", "redirect", "error"), "301 Moved Permanently", "doesn't allow")
	if reserved.Accepted(t) != 0 {
		t.Error("the reserved port was reached")
	}
	if strings.Contains(book.String(), "s3cret") {
		t.Errorf("the log has a secret: %s", book)
	}
}

func TestFetchRefusesDowngrade(t *testing.T) {
	plain := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	authority := hostnettest.NewAuthority(t)
	certificate := authority.Valid(t, "127.0.0.1")
	secure := serveWrapped(t, func(conn net.Conn) net.Conn { return tlsServer(conn, certificate) },
		func(*http.Request) string { return whole("302 Found", "", "Location: "+plain.url) })
	f := newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}})
	check(t, f.fetchError(CodeRedirect, "https://"+secure.Addr+"/"), "leads from https to http, http://127.0.0.1:PORT/")
	if plain.requests() != 0 {
		t.Error("the redirect was followed")
	}
}
