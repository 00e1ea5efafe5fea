package inspect

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// errorShape shows an error as its stack, and what it carries besides: own
// properties, the cause, and the errors of an AggregateError.
func (p *printer) errorShape(o *goja.Object, s *shape) {
	name, ok := p.dataText(o, "name", maxName)
	if !ok {
		name = "Error"
	}
	message, _ := p.dataText(o, "message", maxStack)
	stack := p.stackOf(o, name, message)
	s.keys = slices.DeleteFunc(p.keys(o, false), func(key goja.Value) bool {
		text, ok := p.repeated(o, key)
		return ok && strings.Contains(stack, text)
	})
	for _, extra := range []string{"cause", "errors"} {
		p.carry(o, s, p.vm.ToValue(extra))
	}
	if plain := clearer(name, message); plain != message {
		stack = strings.Replace(stack, message, plain, 1)
		message = plain
	}
	stack = improve(stack, name, s)
	at := 0
	if i := strings.Index(stack, message); i >= 0 {
		at = i + len(message)
	}
	if !strings.Contains(stack[at:], "\n    at") {
		stack = "[" + stack + "]"
	}
	s.unlessKeys(strings.ReplaceAll(stack, "\n", "\n"+strings.Repeat(" ", p.indent)))
}

// stackOf is the cleaned stack of o, or its name and message without one.
func (p *printer) stackOf(o *goja.Object, name, message string) string {
	var stack string
	p.try(func() {
		if prop, ok := p.own(o, p.vm.ToValue("stack")); ok {
			if text, ok := prop.value.(goja.String); ok {
				stack = Stack(textOf(text, maxStack))
			}
		}
	})
	switch {
	case stack != "":
		return stack
	case message == "":
		return name
	case name == "":
		return message
	}
	return name + ": " + message
}

// repeated is the text of a property that the stack may have said already.
func (p *printer) repeated(o *goja.Object, key goja.Value) (string, bool) {
	name, ok := key.(goja.String)
	if !ok {
		return "", false
	}
	switch name.String() {
	case "stack":
		return "", true
	case "name", "message":
		return p.dataText(o, name.String(), maxStack)
	}
	return "", false
}

// carry adds a property that isn't enumerable, but belongs to the error.
func (p *printer) carry(o *goja.Object, s *shape, key goja.Value) {
	prop, ok := p.own(o, key)
	if !ok || !prop.hidden || p.hidden {
		return
	}
	if errors, isArray := prop.value.(*goja.Object); key.String() == "errors" && (!isArray || errors.ClassName() != "Array") {
		return
	}
	s.keys = append(s.keys, key)
}

// improve names the error's class in its stack, where only the name of a parent
// class stands.
func improve(stack, name string, s *shape) string {
	rest, ok := strings.CutPrefix(stack, name)
	if !ok || name == "" || s.ctor != "" && !strings.HasSuffix(name, "Error") ||
		rest != "" && rest[0] != ':' && rest[0] != '\n' {
		return stack
	}
	prefix := strings.TrimSuffix(s.prefix(name, ""), " ")
	switch {
	case prefix == name:
		return stack
	case strings.Contains(prefix, name):
		return prefix + rest
	}
	return prefix + " [" + name + "]" + rest
}

// clearer says better what goja says of some mistakes that everybody makes: it
// calls null undefined, and isn't aware that it is about a call.
func clearer(name, message string) string {
	if name == "SyntaxError" {
		return strings.TrimPrefix(message, "SyntaxError: ")
	}
	if name != "TypeError" {
		return message
	}
	if property, ok := strings.CutPrefix(message, "Cannot read property '"); ok && strings.HasSuffix(property, "' of undefined") {
		return message + " or null"
	}
	if property, ok := strings.CutPrefix(message, "Object has no member '"); ok && strings.HasSuffix(property, "'") {
		return "'" + property + " is not a function: the object has no such member"
	}
	if value, ok := strings.CutPrefix(message, "Value is not an object: "); ok {
		return value + " is not a function or an object"
	}
	if message == "Value is not object coercible" {
		return "undefined or null is not an object"
	}
	return message
}
