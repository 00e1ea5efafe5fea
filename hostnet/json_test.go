package hostnet

import (
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestEncodeJSONRefuses(t *testing.T) {
	cycle := []any{nil}
	cycle[0] = cycle
	for _, data := range []any{nil, true, 5, 1.5, "text", cycle, func() {}, []any{func() {}}} {
		if _, err := encodeJSON(data); rpc.Code(err) != CodeInvalidData {
			t.Errorf("%T: got %v", data, err)
		}
	}
}
