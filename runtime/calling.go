package runtime

import "github.com/dop251/goja"

// callFor is sendMessage("call", {method, params}, opened): a call whose promise
// the host makes, and fulfils with what the function opened makes of the result,
// before anything else happens. It costs an extension less than a table of calls
// that wait.
func (b *bridge) callFor(r request, opened goja.Value) goja.Value {
	b.admit()
	open, ok := goja.AssertFunction(opened)
	if !ok {
		panic(b.unreadable("a call needs a function of its result"))
	}
	return b.promise(r.method, r.params, r.err, open)
}
