package runtime

import (
	"errors"
	"fmt"
	"maps"
	"strconv"

	"github.com/dop251/goja"
)

// inherited are the names that every object has. The published SDK looks
// commands up in an object, and so it would run these, whatever they do, as
// commands that nobody has registered.
var inherited = map[string]bool{
	"constructor": true, "hasOwnProperty": true, "isPrototypeOf": true, "propertyIsEnumerable": true,
	"toLocaleString": true, "toString": true, "valueOf": true, "__proto__": true,
	"__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}

// executeCommand starts a command; its outcome goes to results.
func (b *bridge) executeCommand(id string, args any, results chan<- answer) {
	if inherited[id] {
		results <- answer{err: commandError("No handler registered for command: " + id)}
		return
	}
	b.lastExec++
	exec := strconv.Itoa(b.lastExec)
	b.commands[exec] = results
	err := b.vm.try(place{"the command", id}, func() error {
		if found, err := b.call(fnExecuteCommand, b.vm.object("commandId", id, "execId", exec, "args", args)); found || err != nil {
			return err
		}
		return fmt.Errorf("%s has registered no commands", b.ext.id)
	})
	if err != nil && !b.answerCommand(exec, answer{err: err}) {
		b.ext.uncaught(err)
	}
}

// finishCommand takes the outcome of a command.
func (b *bridge) finishCommand(data goja.Value) {
	fields, err := b.envelope(data, "execId", "error", "result")
	exec, _ := fields.Text("execId")
	switch failure := fields.Get("error"); {
	case err != nil:
		b.answerCommand(exec, answer{err: fmt.Errorf("what the command returned is not data: %w", err)})
	case failure != nil:
		b.answerCommand(exec, answer{err: commandError(failure)})
	default:
		b.answerCommand(exec, answer{value: fields.Get("result")})
	}
}

// abandonCommand forgets a command that nobody waits for any more.
func (b *bridge) abandonCommand(results chan<- answer) {
	maps.DeleteFunc(b.commands, func(_ string, waiting chan<- answer) bool { return waiting == results })
}

// answerCommand hands the outcome to whoever waits for it. The first one
// counts: it reports whether this was it.
func (b *bridge) answerCommand(exec string, outcome answer) bool {
	results, ok := b.commands[exec]
	if ok {
		delete(b.commands, exec)
		results <- outcome
	}
	return ok
}

func commandError(failure any) error {
	if text := fmt.Sprint(failure); text != "" {
		return errors.New(text)
	}
	return errors.New("the command failed without saying why")
}
