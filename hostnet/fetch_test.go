package hostnet

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestFetch(t *testing.T) {
	server := serveRaw(t, func(*http.Request) string {
		return whole("200 OK", "hello", "Content-Type: text/plain", "X-A: 1", "Set-Cookie: a=1", "x-a: 2", "Set-Cookie: b=2")
	})
	f := newFixture(t, Options{})
	got := fmt.Sprint(f.fetch(server.url + "/p?q#f"))
	const want = "[{status 200} {statusText OK} {ok true} {headers [{content-length 5} {content-type text/plain} {set-cookie a=1, b=2} {x-a 1, 2}]} {body hello} {responseType text}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	request, _ := server.last()
	if request.Method != "GET" || request.RequestURI != "/p?q" || request.Host != server.Addr {
		t.Errorf("%s %s %s", request.Method, request.RequestURI, request.Host)
	}
	header := fmt.Sprint(request.Header)
	if want := "map[Accept:[*/*] Accept-Encoding:[gzip, deflate] User-Agent:[extrun]]"; header != want {
		t.Errorf("got  %s\nwant %s", header, want)
	}
	f.fetch(server.url, "method", "POST", "body", "out")
	if got := f.session.(rpc.Requesting).Requests(); got != (rpc.Requests{Answered: 2, BytesOut: 3, BytesIn: 10}) {
		t.Errorf("counted %+v", got)
	}
	if n := server.Accepted(t); n != 1 {
		t.Errorf("%d connections for two requests", n)
	}
}
