package runtime

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// shownAs says how the console shows objects. Those of the web keep their state
// to themselves: their own scripts tell it.
func (e *Extension) shownAs() inspect.Options {
	if e.modules.web == nil || e.modules.web.modules[webInterface] == nil {
		return inspect.Options{}
	}
	return inspect.Options{Reveal: e.reveal}
}

// maxRevealed is how many pairs are read of what is shown.
const maxRevealed = 1000

// webInterface is the module of what the web's interfaces have in common.
const webInterface = "interface"

// reveal asks the scripts of the web's globals about an object. The caller
// catches what goja panics with.
func (e *Extension) reveal(object *goja.Object) (inspect.Revealed, bool) {
	var revealed inspect.Revealed
	shown, _ := goja.AssertFunction(e.modules.web.modules[webInterface].Get("shown"))
	answer, err := shown(goja.Undefined(), object)
	told, ok := answer.(*goja.Object)
	if err != nil || !ok {
		return revealed, false
	}
	for _, field := range pairsIn(told.Get("fields")) {
		revealed.Fields = append(revealed.Fields, inspect.Field{Name: textOf(field[0]), Value: field[1]})
	}
	revealed.Pairs = pairsIn(told.Get("pairs"))
	return revealed, true
}

func pairsIn(list goja.Value) (pairs [][2]goja.Value) {
	array, ok := list.(*goja.Object)
	if !ok {
		return nil
	}
	length := min(array.Get("length").ToInteger(), maxRevealed)
	for i := range int(length) {
		if pair, ok := array.Get(strconv.Itoa(i)).(*goja.Object); ok {
			pairs = append(pairs, [2]goja.Value{pair.Get("0"), pair.Get("1")})
		}
	}
	return pairs
}
