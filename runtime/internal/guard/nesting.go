package guard

import (
	"reflect"
	"sync"

	"github.com/dop251/goja"
)

// A built-in function may call another by way of an object of the script, such
// as one whose toString is String.prototype.trim. goja counts the calls that
// JavaScript makes, and none between native functions: where these lead back to
// each other, the stack fills up, which Go can't catch. So each counts its own.
// goja doesn't export where it has a function's code, hence the reflection; where
// that is nowhere to be found, nothing is counted.

// methodSymbols are those that built-in objects without a template have methods by.
var methodSymbols = []*goja.Symbol{
	goja.SymIterator, goja.SymMatch, goja.SymMatchAll, goja.SymReplace, goja.SymSearch, goja.SymSplit, goja.SymToPrimitive,
}

// enter begins a call of a built-in function. leave must be called when it ends.
func (g *guard) enter() {
	if g.inside > 0 { // what JavaScript calls needs no help: that is interrupted, and knows where it is
		g.heed()
	}
	if g.inside >= g.limits.Calls {
		g.refuse("calls nested more than %d levels deep are refused", g.limits.Calls)
	}
	g.inside++
}

func (g *guard) leave() { g.inside-- }

// Count has a native function that the host gives to the scripts of vm count its
// calls as built-in ones do. It is for the goroutine that owns vm.
func Count(vm *goja.Runtime, function *goja.Object) {
	if g := guards.of(vm); g != nil {
		g.countCalls(function)
	}
}

// countRoots is count for what is there before its name is first read, or is
// reached without one: by errors of the engine, and numbers.
func (g *guard) countRoots() {
	g.count(g.object("Promise"))
	g.count(g.object("Error"))
	g.count(g.vm.ToValue(0).ToObject(g.vm).Prototype())
}

// count has a built-in object count its calls, if it is a function, and those of
// the functions that it leads to, whether goja has made them already or not.
func (g *guard) count(object *goja.Object) {
	if object == nil {
		return
	}
	if template, ok := templateOf(object); ok {
		g.countTemplate(object, template)
		return
	}
	if _, done := g.walked[object]; done {
		return
	}
	g.walked[object] = struct{}{}
	properties, ok := field(innerOf(object), "values", reflect.Map)
	if counts := g.countCalls(object); !ok || counts && object.Get("prototype") == nil {
		return // most functions lead nowhere
	}
	for each := properties.MapRange(); each.Next(); {
		g.countProperty(each.Value().Interface())
	}
	for _, symbol := range methodSymbols {
		if method, ok := object.GetSymbol(symbol).(*goja.Object); ok {
			g.count(method)
		}
	}
	g.count(object.Prototype())
}

// countTemplate is count for an object whose properties are made when they are
// first read.
func (g *guard) countTemplate(object *goja.Object, template reflect.Value) {
	drawn, ok := counting.of(g.vm, template)
	if !ok || drawn.Pointer() == template.Pointer() {
		return
	}
	template.Set(drawn)
	g.countCalls(object)
	g.count(object.Prototype())
}

// countCalls has a function count its calls, and reports whether it is one.
func (g *guard) countCalls(object *goja.Object) bool {
	f, ok := field(innerOf(object), "f", reflect.Func)
	if !ok {
		return false
	}
	original, ok := f.Interface().(native)
	if !ok || original == nil {
		return false
	}
	f.Set(reflect.ValueOf(func(call goja.FunctionCall) goja.Value {
		g.enter()
		defer g.leave()
		return original(call)
	}))
	return true
}

// countProperty is count for what a property holds: its value, or its accessors.
func (g *guard) countProperty(property any) {
	if object, ok := property.(*goja.Object); ok {
		g.count(object)
		return
	}
	pointer := reflect.ValueOf(property)
	if pointer.Kind() != reflect.Pointer || pointer.Elem().Kind() != reflect.Struct {
		return
	}
	for _, p := range holders {
		if part, ok := field(pointer.Elem(), p.name, p.kind); ok {
			if object, ok := part.Interface().(*goja.Object); ok {
				g.count(object)
			}
		}
	}
}

// innerOf is what goja has behind an object.
func innerOf(object *goja.Object) (inner reflect.Value) {
	self := reflect.ValueOf(object).Elem().FieldByName("self")
	if self.Kind() == reflect.Interface && self.Elem().Kind() == reflect.Pointer {
		inner = self.Elem().Elem()
	}
	return inner
}

// countingTemplates are templates whose properties count their calls, by those of
// goja's that they take the place of, and by themselves. Any goroutine may use them.
type countingTemplates struct {
	mu    sync.Mutex
	drawn map[uintptr]reflect.Value
}

// counting are those of the process.
var counting countingTemplates

// of returns the template that takes the place of one.
func (t *countingTemplates) of(vm *goja.Runtime, template reflect.Value) (drawn reflect.Value, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if drawn, ok = t.drawn[template.Pointer()]; ok {
		return drawn, true
	}
	if drawn, ok = draw(vm, template, nil); ok {
		t.keep(template.Pointer(), drawn)
	}
	return drawn, ok
}

// add keeps a template that counts already.
func (t *countingTemplates) add(drawn reflect.Value) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(drawn.Pointer(), drawn)
}

func (t *countingTemplates) keep(template uintptr, drawn reflect.Value) {
	if t.drawn == nil {
		t.drawn = make(map[uintptr]reflect.Value)
	}
	t.drawn[template], t.drawn[drawn.Pointer()] = drawn, drawn
}
