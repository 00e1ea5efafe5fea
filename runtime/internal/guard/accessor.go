package guard

import (
	"strings"

	"github.com/dop251/goja"
)

// show makes rewritten regular expressions show what the author wrote. It is
// called for the first of them, so that goja's own, faster accessors stay where
// there are none. What only flag v has is known from then
// on. (unicode is true for flag v: a change to that accessor would lead goja to
// its slow way with all regular expressions.)
func (d *dialect) show() {
	if d.source != nil {
		return
	}
	d.source = d.getter("source")
	d.accessor("source", func(w written) goja.Value { return w.escaped() })
	d.accessor("flags", func(w written) goja.Value { return d.vm.ToValue(w.flags) })
	d.accessor("unicodeSets", func(w written) goja.Value { return d.vm.ToValue(strings.Contains(w.flags, "v")) })
	d.function(d.proto, "toString", func(original native, call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return original(call)
		}
		if _, ok := d.written(o); !ok {
			return original(call)
		}
		slash := d.vm.ToValue("/").(goja.String)
		return slash.Concat(d.text(defined(o.Get("source")))).Concat(slash).Concat(d.text(defined(o.Get("flags"))))
	})
}

// accessor puts a getter around the one that a property has, if it has one.
func (d *dialect) accessor(name string, show func(written) goja.Value) {
	original := d.getter(name)
	get := d.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if ok {
			if w, ok := d.written(o); ok {
				return show(w)
			}
		}
		if original != nil {
			v, err := original(call.This)
			d.must(err)
			return v
		}
		if !ok || o != d.proto && !is(o, "RegExp") {
			panic(d.vm.NewTypeError("RegExp.prototype.%s getter called on what is no regular expression", name))
		}
		if o == d.proto {
			return goja.Undefined()
		}
		return d.vm.ToValue(false)
	}).(*goja.Object)
	d.countCalls(get)
	d.must(get.DefineDataProperty("name", d.vm.ToValue("get "+name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	d.must(d.proto.DefineAccessorProperty(name, get, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// getter is what a property of regular expressions is read with, nil if they
// have no such property.
func (d *dialect) getter(name string) goja.Callable {
	object, _ := d.vm.Get("Object").(*goja.Object)
	if object == nil {
		panic(d.vm.NewTypeError("Object is gone, and regular expressions need it"))
	}
	describe, ok := goja.AssertFunction(object.Get("getOwnPropertyDescriptor"))
	if !ok {
		panic(d.vm.NewTypeError("Object.getOwnPropertyDescriptor is gone, and regular expressions need it"))
	}
	descriptor, err := describe(goja.Undefined(), d.proto, d.vm.ToValue(name))
	d.must(err)
	o, ok := descriptor.(*goja.Object)
	if !ok {
		return nil
	}
	get, _ := goja.AssertFunction(o.Get("get"))
	return get
}
