package guard

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// read has the original read a text. It reports whether goja refused it for a
// number that is beyond all that it has, and should have become infinite.
func (g *guard) read(original native, call goja.FunctionCall) (value goja.Value, tooLarge bool) {
	defer func() {
		if reason := recover(); reason != nil {
			if tooLarge = isTooLarge(reason); !tooLarge {
				panic(reason)
			}
		}
	}()
	return original(call), false
}

func isTooLarge(reason any) bool {
	fault, ok := reason.(*goja.Object)
	if !ok || !is(fault, "Error") {
		return false
	}
	message, ok := fault.Get("message").(goja.String)
	return ok && strings.Contains(message.String(), "cannot unmarshal number")
}

// parseInfinite has the original read a mark and a sign in the place of each
// such number.
func (k halfKeeper) parseInfinite(original native, this goja.Value, text goja.String) goja.Value {
	marked, _ := k.marked(text)
	marked = tokens.ReplaceAllStringFunc(marked, func(token string) string {
		value, err := strconv.ParseFloat(strings.TrimSpace(token), 64)
		if err == nil || !math.IsInf(value, 0) || !number.MatchString(token) {
			return token
		}
		if value > 0 {
			return `"` + string(k.mark) + `+"`
		}
		return `"` + string(k.mark) + `-"`
	})
	return k.restored(original(goja.FunctionCall{This: this, Arguments: []goja.Value{k.vm.ToValue(marked)}}))
}

var (
	tokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*[ \t\r\n]*:?`)
	number = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t\r\n]*$`)
)

// infinite is the number that a text stands for, if it does.
func (k halfKeeper) infinite(text string) (goja.Value, bool) {
	switch text {
	case string(k.mark) + "+":
		return k.vm.ToValue(math.Inf(1)), true
	case string(k.mark) + "-":
		return k.vm.ToValue(math.Inf(-1)), true
	}
	return nil, false
}
