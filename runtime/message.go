package runtime

import (
	"fmt"
	"strconv"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A request is the envelope of a call.
type request struct {
	id     string
	hasID  bool // a call without one can't be answered
	method string
	params rpc.Object
	text   bool  // it came as a JSON text, as from the published SDK
	err    error // what is wrong with it, and the answer to it
}

// request reads the envelope of a call. It throws into the caller what is no
// envelope at all.
func (b *bridge) request(data goja.Value) request {
	fields, err := b.envelope(data, "id", "method", "params")
	_, isText := data.(goja.String)
	r := request{text: isText}
	r.id, r.hasID = idText(fields.Get("id"))
	var named, isObject bool
	r.method, named = fields.Text("method")
	params := fields.Get("params")
	r.params, isObject = params.(rpc.Object)
	switch {
	case err != nil:
		r.err = invalid("the params of the call are not data: %v", err)
	case !named:
		r.err = invalid("a call needs a method, a string")
	case !isObject && params != nil:
		r.err = invalid("%s: the params must be an object", r.method)
	}
	return r
}

func invalid(format string, args ...any) error {
	return &rpc.Error{Code: rpc.CodeInvalidData, Message: fmt.Sprintf(format, args...)}
}

// idText is an id as its reply carries it. Numbers come back as text, which an
// SDK that uses ids as property keys doesn't notice.
func idText(id any) (text string, ok bool) {
	switch id := id.(type) {
	case string:
		return id, true
	case int64:
		return strconv.FormatInt(id, 10), true
	case float64:
		return strconv.FormatFloat(id, 'f', -1, 64), true
	}
	return "", false
}

// envelope reads fields of a message. Its error says what is no data in it; what
// was read before that is there all the same. It throws into the caller what
// is neither an object nor a JSON text.
func (b *bridge) envelope(data goja.Value, names ...string) (rpc.Object, error) {
	switch data := data.(type) {
	case *goja.Object:
		return b.valueFields(data, names)
	case goja.String:
		value, err := decodeJSON(data.String())
		fields, isObject := value.(rpc.Object)
		if !isObject && err != nil {
			panic(b.unreadable("data is no JSON text: " + err.Error()))
		}
		return fields, err
	}
	panic(b.unreadable("data must be an object or a JSON text"))
}

// valueFields reads fields of a message that came as an object, one by one, so
// that a call with params that aren't data can still be answered.
func (b *bridge) valueFields(data *goja.Object, names []string) (rpc.Object, error) {
	fields := make(rpc.Object, 0, len(names))
	for _, name := range names {
		value, err := b.vm.fromJS(data.Get(name))
		if err != nil {
			return fields, err
		}
		fields = append(fields, rpc.Field{Name: name, Value: value})
	}
	return fields, nil
}

// unreadable is thrown at whoever sends what can't be understood. The log is
// told as well, once, since not every script looks at what sendMessage throws.
func (b *bridge) unreadable(reason string) *goja.Object {
	b.warnOnce("message that can't be understood refused", "reason", reason)
	return b.vm.js.NewTypeError(fnSendMessage + ": " + reason)
}
