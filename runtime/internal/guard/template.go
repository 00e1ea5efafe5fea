package guard

import (
	"reflect"
	"sync"

	"github.com/dop251/goja"
)

// goja makes the properties of its built-in objects when they are first read, by
// templates that all runtimes share. A cover of an object is another template,
// whose properties are guarded as they are made: so a function that a script
// doesn't touch costs it nothing. goja doesn't export its templates, hence the
// reflection. Where they don't look as this file knows them, the properties are
// guarded at once.

// A guarding puts a guarded object, or the same one with guarded properties, in
// the place of what goja has made.
type guarding func(g *guard, original *goja.Object) *goja.Object

// A cover is how the properties of an object are guarded, by their names.
type cover map[string]guarding

// iteratorSymbol is the name that a cover has for the property Symbol.iterator.
const iteratorSymbol = "Symbol.iterator"

// A factory makes a property.
type factory = func(*goja.Runtime) goja.Value

// drawings are the templates that covers have become, by the covers' names; nil
// if goja is another than this file knows.
var drawings = sync.OnceValue(func() map[string]reflect.Value {
	drawn := make(map[string]reflect.Value)
	vm := goja.New()
	objects := rootsOf(vm)
	objects["Object"] = vm.Get("Object").(*goja.Object)
	all := covers()
	for name, object := range objects {
		template, ok := templateOf(object)
		if !ok {
			return nil
		}
		if drawn[name], ok = draw(vm, template, all[name]); !ok {
			return nil
		}
		counting.add(drawn[name])
	}
	return drawn
})

// cover guards an object of which no property has been read so far.
func (g *guard) cover(name string, object *goja.Object) {
	if drawn, ok := g.drawn[name]; ok {
		template, _ := templateOf(object)
		template.Set(drawn)
		return
	}
	g.coverNow(object, covers()[name])
}

// coverNow makes and guards the properties of an object at once.
func (g *guard) coverNow(object *goja.Object, c cover) {
	describe, _ := goja.AssertFunction(g.object("Object").Get("getOwnPropertyDescriptor"))
	for name, guarded := range c {
		if name == iteratorSymbol {
			g.must(object.SetSymbol(goja.SymIterator, guarded(g, object.GetSymbol(goja.SymIterator).(*goja.Object))))
			continue
		}
		found, err := describe(goja.Undefined(), object, g.vm.ToValue(name))
		g.must(err)
		property, ok := found.(*goja.Object)
		if !ok {
			continue
		}
		if set, ok := property.Get("set").(*goja.Object); ok {
			g.must(object.DefineAccessorProperty(name, property.Get("get"), guarded(g, set), goja.FLAG_NOT_SET, goja.FLAG_NOT_SET))
		} else if value, ok := property.Get("value").(*goja.Object); ok {
			g.must(object.Set(name, guarded(g, value)))
		}
	}
}

// templateOf is the pointer of an object to its template.
func templateOf(object *goja.Object) (pointer reflect.Value, ok bool) {
	return field(innerOf(object), "tmpl", reflect.Pointer)
}

// draw copies a template, to one whose factories guard what they make as c says,
// and have it count its calls.
func draw(vm *goja.Runtime, template reflect.Value, c cover) (drawn reflect.Value, ok bool) {
	if template.Type().Elem().Kind() != reflect.Struct {
		return drawn, false
	}
	drawn = reflect.New(template.Type().Elem())
	drawn.Elem().Set(template.Elem())
	for _, name := range []string{"props", "symProps"} {
		properties, ok := field(drawn.Elem(), name, reflect.Map)
		if !ok || !drawProperties(vm, properties, c) {
			return drawn, false
		}
	}
	return drawn, true
}

// drawProperties puts a map with factories that guard in the place of one.
func drawProperties(vm *goja.Runtime, properties reflect.Value, c cover) (ok bool) {
	if !properties.Type().Elem().ConvertibleTo(reflect.TypeFor[factory]()) {
		return false
	}
	all := reflect.MakeMapWithSize(properties.Type(), properties.Len())
	for each := properties.MapRange(); each.Next(); {
		make := each.Value().Convert(reflect.TypeFor[factory]()).Interface().(factory)
		guarded, ok := c[nameIn(each.Key())]
		if ok {
			if _, original := partOf(make(vm)); original == nil {
				return false
			}
		}
		all.SetMapIndex(each.Key(), reflect.ValueOf(covered(make, guarded)).Convert(properties.Type().Elem()))
	}
	properties.Set(all)
	return true
}

// nameIn is what a cover calls a property.
func nameIn(key reflect.Value) string {
	if symbol, ok := key.Interface().(*goja.Symbol); ok {
		if symbol == goja.SymIterator {
			return iteratorSymbol
		}
		return ""
	}
	return key.String()
}

// covered makes a property, has it count its calls, and guards it if there is a
// guarding.
func covered(make factory, guarded guarding) factory {
	return func(vm *goja.Runtime) goja.Value {
		g, property := guards.of(vm), make(vm)
		g.countProperty(property)
		if guarded != nil {
			part, original := partOf(property)
			part.Set(reflect.ValueOf(guarded(g, original)))
		}
		return property
	}
}

// holders are the fields of a property that hold objects, and parts those of them
// that hold what is guarded of it.
var (
	holders = []struct {
		name string
		kind reflect.Kind
	}{{"value", reflect.Interface}, {"setterFunc", reflect.Pointer}, {"getterFunc", reflect.Pointer}}
	parts = holders[:2]
)

// partOf is what is guarded of a property: its value, or its setter. original is
// nil if it has neither, or is none of goja's properties.
func partOf(property goja.Value) (part reflect.Value, original *goja.Object) {
	pointer := reflect.ValueOf(property)
	if pointer.Kind() != reflect.Pointer || pointer.Elem().Kind() != reflect.Struct {
		return part, nil
	}
	for _, p := range parts {
		part, ok := field(pointer.Elem(), p.name, p.kind)
		if !ok || !reflect.TypeFor[*goja.Object]().AssignableTo(part.Type()) {
			return part, nil
		}
		if original, _ = part.Interface().(*goja.Object); original != nil {
			return part, original
		}
	}
	return part, nil
}
