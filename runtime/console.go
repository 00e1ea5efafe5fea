package runtime

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// A ConsoleLevel says which of the console's methods wrote a text.
type ConsoleLevel int

// The levels of the console. Methods without one of their own count as LevelLog.
const (
	LevelDebug ConsoleLevel = iota
	LevelLog
	LevelInfo
	LevelWarn
	LevelError
)

// String returns the name of the console's method.
func (l ConsoleLevel) String() string {
	return [...]string{"debug", "log", "info", "warn", "error"}[l]
}

func (l ConsoleLevel) severity() slog.Level {
	switch l {
	case LevelDebug:
		return slog.LevelDebug
	case LevelWarn:
		return slog.LevelWarn
	case LevelError:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// A console is the state behind the global of that name.
type console struct {
	ext    *Extension
	indent string // of the groups that are open
	counts map[string]int
	clocks map[string]time.Time
}

// consoleMethods are made when a script first touches them.
var consoleMethods = map[string]func(*Extension) goja.Value{
	"debug":      printer("debug", LevelDebug),
	"log":        printer("log", LevelLog),
	"info":       printer("info", LevelInfo),
	"warn":       printer("warn", LevelWarn),
	"error":      printer("error", LevelError),
	"trace":      consoleMethod("trace", (*console).trace),
	"dir":        consoleMethod("dir", (*console).dir),
	"dirxml":     printer("dirxml", LevelLog),
	"table":      consoleMethod("table", (*console).table),
	"assert":     consoleMethod("assert", (*console).assert),
	"count":      consoleMethod("count", (*console).count),
	"countReset": consoleMethod("countReset", (*console).countReset),
	"time":       consoleMethod("time", (*console).time),
	"timeLog":    consoleMethod("timeLog", (*console).timeLog),
	"timeEnd":    consoleMethod("timeEnd", (*console).timeEnd),
	"group":      consoleMethod("group", (*console).group),
	"groupEnd":   consoleMethod("groupEnd", (*console).groupEnd),

	"groupCollapsed": consoleMethod("groupCollapsed", (*console).group),
}

func makeConsole(e *Extension) goja.Value {
	e.console = &console{ext: e, counts: make(map[string]int), clocks: make(map[string]time.Time)}
	object := e.vm.js.NewObject()
	if err := e.setLazy(object, consoleMethods); err != nil {
		panic(e.vm.js.NewGoError(err))
	}
	return object
}

func printer(name string, level ConsoleLevel) func(*Extension) goja.Value {
	return consoleMethod(name, func(c *console, args []goja.Value) {
		c.print(level, inspect.FormatWith(c.ext.vm.js, args, c.ext.shownAs()))
	})
}

// consoleMethod makes a native function of a method. None of them throws.
func consoleMethod(name string, method func(*console, []goja.Value)) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		return e.native(name, func(call goja.FunctionCall) goja.Value {
			method(e.console, call.Arguments)
			return goja.Undefined()
		})
	}
}

func (c *console) print(level ConsoleLevel, text string) {
	if c.indent != "" {
		text = c.indent + strings.ReplaceAll(text, "\n", "\n"+c.indent)
	}
	c.ext.options.Console(c.ext, level, text)
}

func (c *console) trace(args []goja.Value) {
	text := "Trace"
	if len(args) > 0 {
		text += ": " + inspect.FormatWith(c.ext.vm.js, args, c.ext.shownAs())
	}
	for _, frame := range c.ext.vm.js.CaptureCallStack(0, nil) {
		position := frame.Position()
		switch {
		case position.Filename == "": // a native function
		case frame.FuncName() == anonymous:
			text += "\n\tat " + position.String()
		default:
			text += fmt.Sprintf("\n\tat %s (%s)", frame.FuncName(), position)
		}
	}
	c.print(LevelError, inspect.Stack(text))
}

// anonymous is goja's name for a function without one.
const anonymous = "<anonymous>"

func (c *console) dir(args []goja.Value) {
	options := inspect.DirOptions(c.ext.vm.js, argument(args, 1))
	options.Reveal = c.ext.shownAs().Reveal
	c.print(LevelLog, inspect.Value(c.ext.vm.js, argument(args, 0), options))
}

func argument(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

func (c *console) table(args []goja.Value) {
	c.print(LevelLog, inspect.Table(c.ext.vm.js, argument(args, 0), argument(args, 1)))
}

func (c *console) assert(args []goja.Value) {
	if len(args) > 0 && args[0].ToBoolean() {
		return
	}
	text := "Assertion failed"
	if len(args) > 1 {
		text += ": " + inspect.FormatWith(c.ext.vm.js, args[1:], c.ext.shownAs())
	}
	c.print(LevelError, text)
}

func (c *console) count(args []goja.Value) {
	label := c.label(args)
	c.counts[label]++
	c.print(LevelLog, fmt.Sprintf("%s: %d", label, c.counts[label]))
}

func (c *console) countReset(args []goja.Value) {
	delete(c.counts, c.label(args))
}

func (c *console) time(args []goja.Value) {
	label := c.label(args)
	if _, runs := c.clocks[label]; runs {
		c.print(LevelWarn, fmt.Sprintf("console.time: the timer %q is running already", label))
		return
	}
	c.clocks[label] = time.Now()
}

func (c *console) timeLog(args []goja.Value) { c.showClock("timeLog", args) }

func (c *console) timeEnd(args []goja.Value) {
	c.showClock("timeEnd", args[:min(len(args), 1)])
	delete(c.clocks, c.label(args))
}

func (c *console) showClock(method string, args []goja.Value) {
	label := c.label(args)
	begun, runs := c.clocks[label]
	if !runs {
		c.print(LevelWarn, fmt.Sprintf("console.%s: there is no timer %q", method, label))
		return
	}
	text := fmt.Sprintf("%s: %.3fms", label, float64(time.Since(begun).Microseconds())/1000)
	if len(args) > 1 {
		text += " " + inspect.FormatWith(c.ext.vm.js, args[1:], c.ext.shownAs())
	}
	c.print(LevelLog, text)
}

func (c *console) group(args []goja.Value) {
	if len(args) > 0 {
		c.print(LevelLog, inspect.FormatWith(c.ext.vm.js, args, c.ext.shownAs()))
	}
	if len(c.indent) < 2*maxGroups {
		c.indent += "  "
	}
}

func (c *console) groupEnd([]goja.Value) {
	c.indent = strings.TrimPrefix(c.indent, "  ")
}

// maxGroups bounds how deep groups are indented.
const maxGroups = 50

// label is what count and time know their state by. It is read as a text
// without running the script's code.
func (c *console) label(args []goja.Value) string {
	if len(args) == 0 || goja.IsUndefined(args[0]) {
		return "default"
	}
	return inspect.Format(c.ext.vm.js, args[:1])
}
