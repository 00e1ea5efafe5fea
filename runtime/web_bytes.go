package runtime

import (
	"fmt"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// viewed are the bytes of an ArrayBuffer or a view of one: not a copy, so they
// may be used until the script goes on, and only then. It reports false for
// everything else, and for what is detached.
func (e *Extension) viewed(value goja.Value) (bytes []byte, ok bool) {
	object, isObject := value.(*goja.Object)
	if !isObject {
		return nil, false
	}
	if buffer, isBuffer := bufferOf(object); isBuffer {
		return buffer.Bytes(), !buffer.Detached()
	}
	if !isNumbers(object.ExportType()) && !isDataView(object) {
		return nil, false
	}
	if buffer, has := bufferOf(object.Get("buffer")); !has || buffer.Detached() {
		return nil, false
	}
	if hasNoElements(object) {
		return nil, true
	}
	// goja slices the buffer of a detached view out of its range, and the script
	// may have made the view lie about its buffer.
	defer func() {
		if recover() != nil {
			bytes, ok = nil, false
		}
	}()
	return bytes, e.vm.js.ExportTo(object, &bytes) == nil
}

func bufferOf(value goja.Value) (goja.ArrayBuffer, bool) {
	object, ok := value.(*goja.Object)
	if !ok || object.ExportType() != reflectBuffer {
		return goja.ArrayBuffer{}, false
	}
	buffer, ok := object.Export().(goja.ArrayBuffer)
	return buffer, ok
}

// shareBuffer makes an ArrayBuffer of the bytes of another one.
func (e *Extension) shareBuffer(call goja.FunctionCall) goja.Value {
	buffer, _ := bufferOf(call.Argument(0))
	return e.vm.arrayBuffer(buffer.Bytes())
}

func (e *Extension) detachBuffer(call goja.FunctionCall) goja.Value {
	buffer, ok := bufferOf(call.Argument(0))
	return e.vm.js.ToValue(ok && buffer.Detach())
}

func (e *Extension) isDetached(call goja.FunctionCall) goja.Value {
	buffer, ok := bufferOf(call.Argument(0))
	return e.vm.js.ToValue(ok && buffer.Detached())
}

// encodeWeb is what a Blob, a File or a FormData is sent as: its bytes as content,
// and their type. It is undefined for everything else, without a script being run
// for those who have no such object.
func (e *Extension) encodeWeb(value goja.Value) goja.Value {
	object, ok := value.(*goja.Object)
	if !ok || e.modules.web == nil || e.modules.web.modules["blob"] == nil {
		return goja.Undefined()
	}
	encode, _ := goja.AssertFunction(e.webModule("body").Get("encode"))
	encoded, err := encode(goja.Undefined(), object)
	if err != nil {
		panic(err)
	}
	return encoded
}

// maxSource is how many elements one call makes.
const maxSource = 1 << 22

// refuseSize throws a RangeError about something that is too large.
func (e *Extension) refuseSize(what string, asked float64, unit string, limit int) {
	text := fmt.Sprintf("%s of %.0f %s is refused: at most %d", what, asked, unit, limit)
	panic(guard.NewRangeError(e.vm.js, text))
}
