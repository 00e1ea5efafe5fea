package inspect

import (
	"strings"

	"github.com/dop251/goja"
)

// Depths for Options.
const (
	Flat      = -1        // the outermost value only
	Unlimited = 1<<31 - 1 // everything, down to what the bounds of the package allow
)

// Options say how a value is shown. The zero value is what console.log uses.
type Options struct {
	// Depth is how many levels below the outermost value are shown. 0 means 2;
	// Flat and Unlimited have their own meaning.
	Depth int
	// ShowHidden shows properties that aren't enumerable too.
	ShowHidden bool
	// Reveal tells what is in an object that keeps its state to itself; nil if
	// there are none. It must not run the extension's code.
	Reveal func(*goja.Object) (Revealed, bool)
}

// DirOptions reads the second argument of console.dir: an object that may have
// depth (a number, or null for everything) and showHidden. What it can't read
// is as if absent.
func DirOptions(vm *goja.Runtime, v goja.Value) Options {
	var opts Options
	o, ok := v.(*goja.Object)
	if !ok {
		return opts
	}
	p := newPrinter(vm, opts)
	p.try(func() {
		opts.ShowHidden = truthy(p.data(o, vm.ToValue("showHidden")))
		opts.Depth = depthOf(p.data(o, vm.ToValue("depth")))
	})
	return opts
}

func depthOf(v goja.Value) int {
	switch {
	case v == nil || goja.IsUndefined(v):
		return 0
	case goja.IsNull(v):
		return Unlimited
	case !goja.IsNumber(v) || goja.IsNaN(v):
		return 0
	}
	switch f := v.ToFloat(); {
	case f < 1:
		return Flat
	case f >= Unlimited:
		return Unlimited
	default:
		return int(f)
	}
}

func truthy(v goja.Value) bool {
	return v != nil && v.ToBoolean()
}

// Value shows v as console.dir does: strings are quoted.
func Value(vm *goja.Runtime, v goja.Value, opts Options) string {
	return newPrinter(vm, opts).outermost(v)
}

// Format shows what console.log(...args) prints, without the line end. If the
// first argument is a string, its directives (%s %d %i %f %j %o %O %c %%) take
// the arguments after it; what is left over follows, separated by blanks.
func Format(vm *goja.Runtime, args []goja.Value) string {
	return FormatWith(vm, args, Options{})
}

// FormatWith is Format with options for all that is shown as an object.
func FormatWith(vm *goja.Runtime, args []goja.Value, opts Options) string {
	if len(args) == 1 {
		return shown(vm, args[0], opts)
	}
	var b strings.Builder
	if len(args) > 0 {
		if format, ok := args[0].(goja.String); ok {
			args = directives(&b, vm, textOf(format, maxOutput), args[1:], opts)
			if len(args) > 0 {
				b.WriteByte(' ')
			}
		}
	}
	for i, arg := range args {
		if b.Len() > maxOutput {
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(shown(vm, arg, opts))
	}
	return cut(b.String(), maxOutput)
}

// shown is an argument of console.log: strings are bare.
func shown(vm *goja.Runtime, v goja.Value, opts Options) string {
	switch v := v.(type) {
	case goja.String:
		return textOf(v, maxOutput)
	case *goja.Object:
		return Value(vm, v, opts)
	}
	return primitive(v)
}
