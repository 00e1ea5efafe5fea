package runtime

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/sdk"
)

// sdkParts are the parts of the SDK, each compiled when it is first asked for.
var sdkParts = sync.OnceValue(func() map[string]func() *compiled {
	programs := make(map[string]func() *compiled)
	for _, part := range sdk.Parts() {
		programs[part] = sync.OnceValue(func() *compiled {
			name, code, _ := sdk.Part(part)
			return compileOwn(name, code)
		})
	}
	return programs
})

// part runs a part of the SDK and returns its completion value.
func (b *bridge) part(name string) goja.Value {
	program, ok := sdkParts()[name]
	if !ok {
		panic(b.vm.failure(&rpc.Error{Code: rpc.CodeNotAvailable, Message: "the SDK has no such part"}))
	}
	return b.ext.mustRun(program())
}
