package runtime

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// What one message out of a VM may amount to. No interrupt reaches the copying,
// so it has to end by itself.
const (
	maxDepth  = 5000    // levels of nesting
	maxValues = 1 << 22 // values, however often one and the same is met
	maxText   = 1 << 28 // bytes of strings and buffers
)

var errTooDeep = fmt.Errorf("nested deeper than %d levels", maxDepth)

// An exporter copies one message out of a VM.
type exporter struct {
	vm     *vm
	values int
	text   int
	above  []*goja.Object // the objects around the one at hand
}

// fromJS makes data of a JavaScript value, by the rules of JSON.stringify,
// except that bytes stay bytes. They are copied: the script may change its own
// afterwards. It must run within a turn: getters and proxies may throw, which
// panics as goja wants it within a host function.
func (v *vm) fromJS(value goja.Value) (any, error) {
	x := exporter{vm: v}
	return x.export(value)
}

func (x *exporter) export(value goja.Value) (any, error) {
	if x.values++; x.values > maxValues {
		return nil, fmt.Errorf("more than %d values", maxValues)
	}
	switch value := value.(type) {
	case nil:
		return nil, nil
	case *goja.Object:
		return x.object(value)
	case goja.String:
		return x.string(utf8Of(value))
	}
	if goja.IsBigInt(value) {
		return nil, errors.New("a bigint")
	}
	switch plain := value.Export().(type) {
	case bool, int64:
		return plain, nil
	case float64:
		if math.IsNaN(plain) || math.IsInf(plain, 0) {
			return nil, nil
		}
		return plain, nil
	}
	return nil, nil // undefined, null, a symbol
}

func (x *exporter) string(text string) (any, error) {
	return text, x.count(len(text))
}

func (x *exporter) count(bytes int) error {
	if x.text += bytes; x.text > maxText {
		return fmt.Errorf("more than %d bytes", maxText)
	}
	return nil
}

func (x *exporter) object(object *goja.Object) (any, error) {
	if len(x.above) >= maxDepth {
		return nil, errTooDeep
	}
	if slices.Contains(x.above, object) {
		return nil, errors.New("an object that contains itself")
	}
	if _, isFunction := goja.AssertFunction(object); isFunction {
		return nil, nil
	}
	if bytes, ok, err := x.vm.exportBytes(object); ok {
		return bytes, errors.Join(err, x.count(len(bytes)))
	}
	x.above = append(x.above, object)
	defer func() { x.above = x.above[:len(x.above)-1] }()
	if toJSON, ok := goja.AssertFunction(object.Get("toJSON")); ok {
		plain, err := toJSON(object)
		if err != nil {
			panic(err)
		}
		if plain != goja.Value(object) {
			return x.export(plain)
		}
	}
	switch object.ClassName() {
	case "Array":
		return x.array(object)
	case "String", "Number", "Boolean":
		return x.export(x.vm.js.ToValue(object.Export()))
	}
	return x.fields(object)
}

func (x *exporter) array(array *goja.Object) (any, error) {
	items := make([]any, 0)
	for i := range array.Get("length").ToInteger() {
		item, err := x.export(array.Get(strconv.FormatInt(i, 10)))
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (x *exporter) fields(object *goja.Object) (any, error) {
	names := object.Keys()
	fields := make(rpc.Object, 0, len(names))
	for _, name := range names {
		value := object.Get(name)
		if isAbsent(value) {
			continue
		}
		data, err := x.export(value)
		if err = cmp.Or(err, x.count(len(name))); err != nil {
			return nil, err
		}
		fields = append(fields, rpc.Field{Name: name, Value: data})
	}
	return fields, nil
}

// isAbsent knows the values that JSON leaves out of objects.
func isAbsent(value goja.Value) bool {
	if value == nil || goja.IsUndefined(value) {
		return true
	}
	if _, isSymbol := value.(*goja.Symbol); isSymbol {
		return true
	}
	_, isFunction := goja.AssertFunction(value)
	return isFunction
}
