package hostnet

import (
	"testing"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestBase64IsOfTheBytesAsTheyAreWhenItIsRead(t *testing.T) {
	data, err := eventData(websocket.MessageBinary, []byte("abc"))
	if err != nil {
		t.Fatal(err)
	}
	data.Get("bytes").([]byte)[0] = 'x'
	encoded := data.Get("data").(rpc.Lazy)
	if got := encoded.Value(); got != "eGJj" {
		t.Errorf("got %v", got)
	}
}
