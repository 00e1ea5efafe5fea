package hostnet

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// received is a frame as the server got it.
type received struct {
	first   byte
	payload string
}

// collect keeps what the client sends until the Close frame, which it answers.
func collect(frames chan<- received) func(*hostnettest.Peer) {
	return func(p *hostnettest.Peer) {
		for {
			first, payload, err := p.Receive()
			if err != nil {
				return
			}
			frames <- received{first, payload}
			if first == hostnettest.Close {
				p.Send(hostnettest.Close, payload)
				return
			}
		}
	}
}

func TestSendKinds(t *testing.T) {
	type point struct {
		X int `json:"x"`
	}
	for name, test := range map[string]struct {
		data any
		want received
	}{
		"string":       {"hi ü", received{hostnettest.Text, "hi ü"}},
		"empty":        {"", received{hostnettest.Text, ""}},
		"bytes":        {[]byte{0, 255}, received{hostnettest.Binary, "\x00\xff"}},
		"no bytes":     {[]byte{}, received{hostnettest.Binary, ""}},
		"object":       {object("z", 1, "a", object("<b>", "&")), received{hostnettest.Text, `{"z":1,"a":{"<b>":"&"}}`}},
		"empty object": {rpc.Object{}, received{hostnettest.Text, `{}`}},
		"array":        {[]any{"<", nil, 1.5, rpc.Object{}}, received{hostnettest.Text, `["<",null,1.5,{}]`}},
		"map":          {map[string]any{"b": 1, "a": 2}, received{hostnettest.Text, `{"a":2,"b":1}`}},
		"struct":       {point{3}, received{hostnettest.Text, `{"x":3}`}},
		"lazy":         {rpc.NewLazy(func() any { return "late" }), received{hostnettest.Text, "late"}},
		"large":        {strings.Repeat("x", 1<<20), received{hostnettest.Text, strings.Repeat("x", 1<<20)}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, Options{})
			frames := make(chan received, 2)
			id := f.connect(hostnettest.ServePeers(t, collect(frames)))
			if result := f.must("wsSend", object("connectionId", id, "data", test.data)); result != nil {
				t.Errorf("result %v", result)
			}
			if got := <-frames; got != test.want {
				t.Errorf("sent %.60v, want %.60v", got, test.want)
			}
		})
	}
}

func TestSendRefusesWhatIsNoData(t *testing.T) {
	f := newFixture(t, Options{})
	id := f.connect(hostnettest.ServePeers(t, collect(make(chan received, 9))))
	for name, params := range map[string]rpc.Object{
		"missing":     object("connectionId", id),
		"nil":         object("connectionId", id, "data", nil),
		"bool":        object("connectionId", id, "data", true),
		"int":         object("connectionId", id, "data", 7),
		"float":       object("connectionId", id, "data", 7.5),
		"not a value": object("connectionId", id, "data", math.NaN()),
		"inside":      object("connectionId", id, "data", object("x", math.Inf(1))),
		"channel":     object("connectionId", id, "data", make(chan int)),
		"id":          object("connectionId", 7, "data", "x"),
		"no id":       object("data", "x"),
	} {
		if err := f.do("wsSend", params).Err; rpc.Code(err) != CodeInvalidData {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.must("wsSend", object("connectionId", id, "data", "still open"))
}

func TestSendsGoOutInOrderBeforeTheClose(t *testing.T) {
	const count = 10_000
	f := newFixture(t, Options{})
	frames := make(chan received, count+1)
	id := f.connect(hostnettest.ServePeers(t, collect(frames)))
	var answers []<-chan rpctest.Answer
	for n := range count {
		answers = append(answers, f.start("wsSend", object("connectionId", id, "data", strconv.Itoa(n))))
	}
	f.must("wsClose", object("connectionId", id))
	for n := range count {
		if got := <-frames; got.payload != strconv.Itoa(n) {
			t.Fatalf("frame %d is %q", n, got.payload)
		}
		if answer := <-answers[n]; answer.Err != nil {
			t.Fatal(answer.Err)
		}
	}
	if got := <-frames; got != (received{hostnettest.Close, "\x03\xe8"}) {
		t.Errorf("last frame %v", got)
	}
	f.expect("close 1000 ")
	f.ended()
}

func TestStalledServerFillsTheBuffer(t *testing.T) {
	inBubble(t, Options{MaxOutgoingBytes: 1000}, func(f *fixture, id string, peer *hostnettest.Peer) {
		_, other := f.pipe()
		var sends []<-chan rpctest.Answer
		for n := range 10 {
			sends = append(sends, f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 100))))
			synctest.Wait()
			if got := f.must("wsBufferedAmount", object("connectionId", id)); got != int64(100*(n+1)) {
				t.Errorf("%v bytes buffered after %d sends", got, n+1)
			}
		}
		err := f.do("wsSend", object("connectionId", id, "data", "x")).Err
		if rpc.Code(err) != CodeBufferFull || err.Error() != "WebSocket ext_ws_0 has 1000 bytes waiting: 16 more don't fit under the limit of 1000 (a message counts 16 at least), wait until sends have fulfilled" {
			t.Errorf("send to a full buffer: %v", err)
		}
		go other.AnswerClose()
		f.must("wsSend", object("connectionId", "ext_ws_1", "data", "others don't notice"))
		go peer.AnswerClose()
		for _, sent := range sends {
			if answer := <-sent; answer.Err != nil {
				t.Error(answer.Err)
			}
		}
		if got := f.must("wsBufferedAmount", object("connectionId", id)); got != int64(0) {
			t.Errorf("%v bytes buffered at the end", got)
		}
	})
}

func TestEmptySendsFillTheBufferToo(t *testing.T) {
	inBubble(t, Options{MaxOutgoingBytes: 1000}, func(f *fixture, id string, peer *hostnettest.Peer) {
		for n := range 1000 {
			select {
			case answer := <-f.start("wsSend", object("connectionId", id, "data", "")):
				const want = "WebSocket ext_ws_0 has 992 bytes waiting: 16 more don't fit under the limit of 1000 (a message counts 16 at least), wait until sends have fulfilled"
				if rpc.Code(answer.Err) != CodeBufferFull || answer.Err.Error() != want || n < 10 {
					t.Errorf("send %d: %v", n, answer.Err)
				}
				return
			default:
			}
		}
		t.Error("a thousand empty messages wait")
	})
}

func TestSendsThatWereNeverWrittenReject(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		var sends []<-chan rpctest.Answer
		for range 3 {
			sends = append(sends, f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 100_000))))
		}
		synctest.Wait()
		peer.Close()
		for _, sent := range sends {
			err := (<-sent).Err
			if rpc.Code(err) != CodeClosed || err.Error() != "WebSocket ext_ws_0 ended before the message was sent" {
				t.Errorf("got %v", err)
			}
		}
		f.nextBut("error " + errVanished.Error())
	})
}

func TestSendsBehindTheServersCloseReject(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		first := f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", batchBytes)))
		second := f.start("wsSend", object("connectionId", id, "data", "never"))
		synctest.Wait()
		peer.Send(hostnettest.Close, hostnettest.ClosePayload(4000, "enough"))
		synctest.Wait()
		third := f.start("wsSend", object("connectionId", id, "data", "too late"))
		if err := (<-third).Err; rpc.Code(err) != CodeClosed || err.Error() != "WebSocket ext_ws_0 is not open" {
			t.Errorf("send to what the server has closed: %v", err)
		}
		if payload, ok := peer.Await(hostnettest.Close); payload != hostnettest.ClosePayload(4000, "") || !ok {
			t.Errorf("echo %q", payload)
		}
		if answer := <-first; answer.Err != nil {
			t.Errorf("a message that was taken: %v", answer.Err)
		}
		if answer := <-second; rpc.Code(answer.Err) != CodeClosed {
			t.Errorf("a message that was never written: %v", answer)
		}
		f.expect("close 4000 enough")
		f.ended()
	})
}
