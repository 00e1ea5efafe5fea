package hostnet

import (
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestConnectionsTellTheirNumbers(t *testing.T) {
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Await(hostnettest.Text)
		p.Send(hostnettest.Text, "hello")
		p.AnswerClose()
	})
	before := time.Now()
	f := newFixture(t, Options{})
	first := f.connect("ws://user:" + secret + "@" + url[len("ws://"):] + "x?token=" + secret)
	second := f.connect(url)
	f.must("wsSend", object("connectionId", second, "data", "four"))
	event := <-f.caller.Events()
	all := f.session.(rpc.Connected).Connections()
	if len(all) != 2 || all[0].ID != first || all[1].ID != second || all[0].URL != url+"x" {
		t.Fatalf("got %+v", all)
	}
	got := all[1]
	if got.Opened.Before(before) || got.Opened.After(time.Now()) {
		t.Errorf("opened at %v", got.Opened)
	}
	got.Opened, got.URL = time.Time{}, ""
	if want := (rpc.Connection{ID: second, MessagesIn: 1, BytesIn: 5, MessagesOut: 1, BytesOut: 4, Waiting: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	event.Delivered()
	if all = f.session.(rpc.Connected).Connections(); all[1].Waiting != 0 {
		t.Errorf("%d messages wait", all[1].Waiting)
	}
	f.must("wsClose", object("connectionId", second))
	if all = f.session.(rpc.Connected).Connections(); len(all) != 1 {
		t.Errorf("got %+v", all)
	}
}
