package runtime_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestCommands executes commands of a script, with what the published SDK sends
// in each case, and what a script may send that has none.
func TestCommands(t *testing.T) {
	tests := map[string]struct{ run, want string }{
		"sync":                {`answer({ result: args.n * 2 })`, "42 <nil>"},
		"later":               {`setTimeout(() => answer({ result: "later" }), 1)`, "later <nil>"},
		"the first counts":    {`answer({ result: 1 }); answer({ result: 2 }); answer({ error: "three" })`, "1 <nil>"},
		"as text":             {`sendMessage("commandResult", JSON.stringify({ commandId, execId, result: { a: [1] } }))`, "[{a [1]}] <nil>"},
		"no result":           {`sendMessage("commandResult", JSON.stringify({ commandId, execId }))`, "<nil> <nil>"},
		"error":               {`answer({ error: "Error: bad" })`, "<nil> Error: bad"},
		"error without text":  {`answer({ error: "" })`, "<nil> the command failed without saying why"},
		"error and result":    {`answer({ error: "bad", result: 1 })`, "<nil> bad"},
		"throws":              {`throw new Error("thrown")`, "<nil> test.js:6:"},
		"throws after answer": {`answer({ result: 1 }); throw new Error("thrown")`, "1 <nil>"},
		"no data":             {`answer({ result: 7n })`, "<nil> what the command returned is not data: a bigint"},
		"too deep":            {`sendMessage("commandResult", '{"execId":"' + execId + '","result":' + "[".repeat(5001))`, "<nil> what the command returned is not data: nested deeper than 5000 levels"},
		"other ids first":     {`for (const execId of ["", "0", "toString", undefined, 1, {}]) sendMessage("commandResult", { execId, result: "wrong" }); answer({ result: "right" })`, "right <nil>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			ext := w.Load(`
				globalThis.__executeCommand = ({ commandId, execId, args }) => {
					const answer = (outcome) => sendMessage("commandResult", { commandId, execId, ...outcome });
					if (commandId !== "mine.do") return answer({ error: "No handler registered for command: " + commandId });

					` + test.run + `;
				};
			`)
			result, err := ext.ExecuteCommand(t.Context(), "mine.do", map[string]any{"n": 21})
			if got := fmt.Sprint(result, " ", err); !strings.HasPrefix(got, test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if _, err := ext.ExecuteCommand(t.Context(), "other", nil); fmt.Sprint(err) != "No handler registered for command: other" {
				t.Errorf("an unknown command: %v", err)
			}
		})
	}
}

// TestCommandsThatNobodyRegistered have names by which an SDK that keeps its
// commands in an object would find a function.
func TestCommandsThatNobodyRegistered(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(`
		const handlers = {};
		globalThis.__executeCommand = ({ commandId, execId, args }) => {
			const handler = handlers[commandId];
			console.log("asked for", commandId);
			sendMessage("commandResult", handler ? { execId, result: String(handler(args)) } : { execId, error: "unknown" });
		};
		for (const name of Object.getOwnPropertyNames(Object.prototype)) console.log(name);
	`)
	names := w.Lines()
	for _, name := range names {
		result, err := ext.ExecuteCommand(t.Context(), name, nil)
		if result != nil || fmt.Sprint(err) != "No handler registered for command: "+name {
			t.Errorf("%s: got %v, %v", name, result, err)
		}
	}
	compareLines(t, w.Lines(), names)
}

// TestCommandThatNobodyWaitsFor answers when its caller has gone.
func TestCommandThatNobodyWaitsFor(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(`
		globalThis.__executeCommand = ({ execId }) => {
			sendMessage("commandResult", { execId, result: 1 });
			throw new Error("once more");
		};
	`)
	gone, leave := context.WithCancel(t.Context())
	leave()
	for range 10 {
		ext.ExecuteCommand(gone, "any", nil)
	}
	w.Idle(ext)
	if errs := w.Errors(); len(errs) != 10 || errs[0].Message != "Error: once more" {
		t.Errorf("got %v", errs)
	}
}
