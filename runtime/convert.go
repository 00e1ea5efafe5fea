package runtime

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// object makes a JavaScript object of names and the data that they stand for.
func (v *vm) object(namesAndData ...any) *goja.Object {
	object := v.js.NewObject()
	for i := 0; i < len(namesAndData); i += 2 {
		object.Set(namesAndData[i].(string), v.toJS(namesAndData[i+1]))
	}
	return object
}

// toJS makes JavaScript values of data. What is no data by rpc's definition is
// taken as encoding/json writes it.
func (v *vm) toJS(data any) goja.Value {
	switch data := data.(type) {
	case nil:
		return goja.Null()
	case string:
		return v.texts.value(v.js, data)
	case bool, int, int64, float64:
		return v.js.ToValue(data)
	case rpc.Object:
		return v.toObject(data)
	case []byte:
		return v.toBytes(data)
	case []any:
		items := make([]any, len(data))
		for i, item := range data {
			items[i] = v.toJS(item)
		}
		return v.js.NewArray(items...)
	case map[string]any:
		return v.toObject(sortedFields(data))
	case rpc.Lazy:
		return v.toJS(data.Value())
	}
	plain, err := asData(data)
	if err != nil {
		return v.js.ToValue(fmt.Sprintf("%T can't be given to JavaScript: %v", data, err))
	}
	return v.toJS(plain)
}

// snapshot copies data, so that what its giver and other extensions do to it
// later makes no difference. Its error says what is no data.
func snapshot(data any) (any, error) {
	switch data := data.(type) {
	case nil, string, bool, int, int64, float64:
		return data, nil
	case rpc.Lazy:
		return rpc.NewLazy(func() any { return copyOf(data.Value()) }), nil
	case []byte:
		return slices.Clone(data), nil
	case []any:
		items := make([]any, len(data))
		for i := range data {
			item, err := snapshot(data[i])
			if err != nil {
				return nil, err
			}
			items[i] = item
		}
		return items, nil
	case rpc.Object:
		fields := make(rpc.Object, len(data))
		for i, field := range data {
			value, err := snapshot(field.Value)
			if err != nil {
				return nil, err
			}
			fields[i] = rpc.Field{Name: field.Name, Value: value}
		}
		return fields, nil
	case map[string]any:
		return snapshot(sortedFields(data))
	}
	return asData(data)
}

// copyOf is snapshot for what nobody can be told of any more: what is no data
// stays what it is.
func copyOf(data any) any {
	if copied, err := snapshot(data); err == nil {
		return copied
	}
	return data
}

// sortedFields gives a map the order that JSON gives it.
func sortedFields(data map[string]any) rpc.Object {
	fields := make(rpc.Object, 0, len(data))
	for _, name := range slices.Sorted(maps.Keys(data)) {
		fields = append(fields, rpc.Field{Name: name, Value: data[name]})
	}
	return fields
}

// asData takes a Go value as encoding/json writes it.
func asData(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return decodeJSON(string(text))
}

func (v *vm) toObject(fields rpc.Object) *goja.Object {
	object := v.js.NewObject()
	for _, field := range fields {
		lazy, isLazy := field.Value.(rpc.Lazy)
		switch {
		case isLazy:
			v.defineLazy(object, field.Name, lazy)
		case field.Name == "__proto__": // a plain Set would change the prototype
			object.DefineDataProperty(field.Name, v.toJS(field.Value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		default:
			object.Set(field.Name, v.toJS(field.Value))
		}
	}
	return object
}

// defineLazy gives an object a property that becomes an ordinary one when it is
// first read.
func (v *vm) defineLazy(object *goja.Object, name string, lazy rpc.Lazy) {
	get := v.js.ToValue(func(call goja.FunctionCall) goja.Value {
		value := v.toJS(lazy.Value())
		object.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		return value
	})
	object.DefineAccessorProperty(name, get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// toBytes makes a Uint8Array over data, without a copy. Where the script has
// taken away the constructor, it gets the buffer.
func (v *vm) toBytes(data []byte) goja.Value {
	buffer := v.arrayBuffer(data)
	array, err := v.js.New(v.js.GlobalObject().Get("Uint8Array"), buffer)
	if err != nil {
		return buffer
	}
	return array
}

// failure makes the Error that a host function throws for err. goja's would give
// err itself to the script, which could change it for everybody.
func (v *vm) failure(err error) *goja.Object {
	object := v.js.NewGoError(err)
	object.SetPrototype(object.Prototype().Prototype()) // which is that of Error
	object.Delete("value")
	stack, _ := object.Get("stack").(goja.String)
	texts := map[string]string{"name": "Error", "message": err.Error(), "stack": strings.TrimPrefix(textOf(stack), "Go")}
	for name, text := range texts {
		object.DefineDataProperty(name, v.js.ToValue(text), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	if code := rpc.Code(err); code != "" {
		object.Set("code", code)
	}
	return object
}
