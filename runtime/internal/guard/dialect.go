package guard

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/pattern"
)

// A dialect makes regular expressions, of which it rewrites those that goja
// would read wrongly. They show what the author wrote all the same: it is noted
// in the rewritten pattern, where it matches nothing.
type dialect struct {
	*guard
	construct goja.Constructor // goja's own
	proto     *goja.Object
	exec      goja.Value    // goja's own
	source    goja.Callable // goja's own getter of source; nil while nothing has been rewritten

	moulds map[mould]*goja.Object // what goja has made of patterns, to make copies of
}

// A mould is a pattern as the author wrote it, and whether what is made of it
// shows what goja has got instead.
type mould struct {
	source, flags string
	plain         bool
}

// maxMoulds is how many compiled patterns are kept. What was a literal with flag
// u or y is compiled when it is evaluated, which may be in a loop.
const maxMoulds = 256

// maxMould is the length of the longest pattern of which that is kept.
const maxMould = 1 << 12

// create makes a regular expression of what was judged already. usual is set if
// it isn't one of a derived class.
func (d *dialect) create(args []goja.Value, newTarget *goja.Object, usual bool) *goja.Object {
	cast := d.cast(args, false)
	switch {
	case cast == nil:
		return d.make(newTarget, args...)
	case usual:
		return d.make(nil, cast)
	}
	flags := ""
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		flags = args[1].String()
	}
	return d.make(newTarget, cast, d.vm.ToValue(nativeFlags(flags)))
}

// plain makes a regular expression for goja's own use, with flags that it knows.
func (d *dialect) plain(args []goja.Value) *goja.Object {
	if cast := d.cast(args, true); cast != nil {
		return d.make(nil, cast)
	}
	return d.make(nil, args...)
}

// compile makes another regular expression of this.
func (d *dialect) compile(original native, this goja.Value, args []goja.Value) goja.Value {
	if cast := d.cast(args, false); cast != nil {
		args = []goja.Value{cast}
	}
	return original(goja.FunctionCall{This: this, Arguments: args})
}

// cast returns a regular expression to make copies of; nil where goja needs no
// help and saves no time.
func (d *dialect) cast(args []goja.Value, plain bool) *goja.Object {
	source, flags := goja.StringFromUTF16(nil), ""
	if len(args) > 0 && !goja.IsUndefined(args[0]) {
		source = args[0].(goja.String)
	}
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		flags = args[1].String()
	}
	if !strings.ContainsAny(flags, "uvy") && !isOdd(source.String()) {
		return nil
	}
	key := mould{escapeSurrogates(source, flags), flags, plain}
	if cast, ok := d.moulds[key]; ok {
		return cast
	}
	cast := d.compiled(source, key)
	if d.moulds == nil || len(d.moulds) == maxMoulds {
		d.moulds = map[mould]*goja.Object{}
	}
	if len(key.source) <= maxMould {
		d.moulds[key] = cast
	}
	return cast
}

// compiled has goja read a pattern, rewritten if need be.
func (d *dialect) compiled(source goja.String, key mould) *goja.Object {
	rewritten, needed, err := pattern.Rewrite(key.source, key.flags)
	if err != nil {
		d.syntaxError(source, key.flags, err.Error())
	}
	if !needed {
		if reason := unreadable(key.source, strings.Contains(key.flags, "u")); reason != "" {
			d.syntaxError(source, key.flags, reason)
		}
		return d.make(nil, source, d.vm.ToValue(key.flags))
	}
	d.show()
	if !key.plain {
		rewritten.Source = noted(source, key.flags) + rewritten.Source
	}
	cast, err := d.construct(nil, d.vm.ToValue(rewritten.Source), d.vm.ToValue(rewritten.Flags))
	if err != nil {
		d.syntaxError(source, key.flags, reasonOf(err))
	}
	return cast
}

func (d *dialect) make(newTarget *goja.Object, args ...goja.Value) *goja.Object {
	o, err := d.construct(newTarget, args...)
	d.must(err)
	return o
}

func (d *dialect) syntaxError(source goja.String, flags, reason string) {
	message := fmt.Sprintf("Invalid regular expression: /%s/%s: %s", source, flags, reason)
	_, thrown := d.construct(nil, d.vm.ToValue("(")) // which no script can have replaced
	panic(engineError(d.vm, thrown, message))
}

// reasonOf is what regexp2 has to say, out of what goja makes of it.
func reasonOf(err error) string {
	exception, ok := err.(*goja.Exception)
	if !ok {
		panic(err)
	}
	message := exception.Value().(*goja.Object).Get("message").String()
	if _, reason, ok := strings.Cut(message, "error parsing regexp: "); ok {
		if at := strings.LastIndex(reason, " in `"); at >= 0 {
			return reason[:at]
		}
	}
	return "goja can't read it"
}

// nativeFlags are the flags that goja knows a rewritten pattern by.
func nativeFlags(flags string) string { return strings.Replace(flags, "v", "u", 1) }

// sorted are flags in the order in which the language shows them.
func sorted(flags string) string {
	var out strings.Builder
	for _, flag := range "dgimsuvy" {
		if strings.ContainsRune(flags, flag) {
			out.WriteRune(flag)
		}
	}
	return out.String()
}
