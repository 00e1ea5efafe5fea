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
	{"fetch", partProgram("fetch")},
	{"gateway", partProgram("gateway")},
	{"loops", partProgram("loops")},
	{"network", partProgram("network")},
	{"reconnecting", partProgram("reconnecting")},
	{"rpc", partProgram("rpc")},
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
