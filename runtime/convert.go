package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// maxDepth bounds the nesting of data that crosses the bridge, as that of JSON.
const maxDepth = 5000

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
	case string, bool, int, int64, float64:
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
		object := make(rpc.Object, 0, len(data))
		for _, name := range slices.Sorted(maps.Keys(data)) {
			object = append(object, rpc.Field{Name: name, Value: data[name]})
		}
		return v.toObject(object)
	case rpc.Lazy:
		return v.toJS(data.Value())
	}
	return v.toJS(asData(data))
}

func asData(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%T can't be given to JavaScript: %v", value, err)
	}
	data, err := decodeJSON(string(text))
	if err != nil {
		return err.Error()
	}
	return data
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
	buffer := v.js.ToValue(v.js.NewArrayBuffer(data))
	array, err := v.js.New(v.js.GlobalObject().Get("Uint8Array"), buffer)
	if err != nil {
		return buffer
	}
	return array
}

// failure makes the Error that a host function throws for err.
func (v *vm) failure(err error) *goja.Object {
	object := v.js.NewGoError(err)
	object.Set("message", err.Error())
	if code := rpc.Code(err); code != "" {
		object.Set("code", code)
	}
	return object
}

// fromJS makes data of a JavaScript value, by the rules of JSON.stringify,
// except that bytes stay bytes. They are copied: the script may change its own
// afterwards. A getter's or toJSON's exception panics through, as goja wants it
// within a host function.
func (v *vm) fromJS(value goja.Value) (any, error) {
	return v.export(value, nil)
}

func (v *vm) export(value goja.Value, above []*goja.Object) (any, error) {
	switch value := value.(type) {
	case nil:
		return nil, nil
	case *goja.Object:
		return v.exportObject(value, above)
	case goja.String:
		return value.String(), nil
	}
	if goja.IsUndefined(value) || goja.IsNull(value) {
		return nil, nil
	}
	if goja.IsBigInt(value) {
		return nil, errors.New("a bigint")
	}
	switch value.ExportType() {
	case reflectString: // a String object's primitive
		return value.String(), nil
	case reflectBool, reflectInt64, reflectFloat64:
		return value.Export(), nil
	}
	return nil, nil // a symbol
}

func (v *vm) exportObject(object *goja.Object, above []*goja.Object) (any, error) {
	if len(above) >= maxDepth {
		return nil, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	if slices.Contains(above, object) {
		return nil, errors.New("an object that contains itself")
	}
	if _, isFunction := goja.AssertFunction(object); isFunction {
		return nil, nil
	}
	if bytes, ok, err := v.exportBytes(object); ok {
		return bytes, err
	}
	if toJSON, ok := goja.AssertFunction(object.Get("toJSON")); ok {
		plain, err := toJSON(object)
		if err != nil {
			return nil, err
		}
		if plain != goja.Value(object) {
			return v.export(plain, append(above, object))
		}
	}
	above = append(above, object)
	if object.ClassName() == "Array" {
		return v.exportArray(object, above)
	}
	return v.exportFields(object, above)
}

func (v *vm) exportArray(array *goja.Object, above []*goja.Object) (any, error) {
	items := make([]any, 0)
	for i := range array.Get("length").ToInteger() {
		item, err := v.export(array.Get(fmt.Sprint(i)), above)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (v *vm) exportFields(object *goja.Object, above []*goja.Object) (any, error) {
	names := object.Keys()
	fields := make(rpc.Object, 0, len(names))
	for _, name := range names {
		value := object.Get(name)
		if value == nil || goja.IsUndefined(value) {
			continue
		}
		if _, isSymbol := value.(*goja.Symbol); isSymbol {
			continue
		}
		if _, isFunction := goja.AssertFunction(value); isFunction {
			continue
		}
		data, err := v.export(value, above)
		if err != nil {
			return nil, err
		}
		fields = append(fields, rpc.Field{Name: name, Value: data})
	}
	return fields, nil
}
