package runtime

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/sdk"
)

// sdkParts are the parts of the SDK, each compiled when it is first asked for.
var sdkParts = [...]struct {
	name    string
	program func() *compiled
}{
	{"connect", partProgram("connect")},
	{"emitter", partProgram("emitter")},
	{"error", partProgram("error")},
	{"fetch", partProgram("fetch")},
	{"gateway", partProgram("gateway")},
	{"held", partProgram("held")},
	{"inbox", partProgram("inbox")},
	{"line", partProgram("line")},
	{"loops", partProgram("loops")},
	{"network", partProgram("network")},
	{"outgoing", partProgram("outgoing")},
	{"reconnecting", partProgram("reconnecting")},
	{"rpc", partProgram("rpc")},
	{"symbol", partProgram("symbol")},
	{"table", partProgram("table")},
	{"websocket", partProgram("websocket")},
	{"window", partProgram("window")},
}

func partProgram(part string) func() *compiled {
	return sync.OnceValue(func() *compiled {
		name, code, _ := sdk.Part(part)
		return compileOwn(name, code)
	})
}

// part runs a part of the SDK and returns its completion value.
func (b *bridge) part(name string) goja.Value {
	for _, part := range sdkParts {
		if part.name == name {
			return b.ext.mustRun(part.program())
		}
	}
	panic(b.vm.failure(&rpc.Error{Code: rpc.CodeNotAvailable, Message: "the SDK has no such part"}))
}
