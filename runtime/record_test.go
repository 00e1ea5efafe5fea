package runtime_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestFaultsAreRecorded(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   string // of a record
	}{
		"slow turn":       {`const end = Date.now() + 200; while (Date.now() < end);`, `level=WARN msg="JavaScript has not given the thread back" extension=test fault=slow_turn`},
		"turn limit":      {"let n = 0; setTimeout(() => {\nwhile (true) n++ }, 1)", `level=WARN msg="the extension has crashed" extension=test fault=turn_limit error="test.js:2:`},
		"failed":          {"let n = 0;\nthrow new Error('no')", `level=INFO msg="the extension could not be loaded" extension=test fault=failed error="test.js:2:`},
		"unknown channel": {`sendMessage("x".repeat(1e6), {})`, `fault=bad_message channel=` + strings.Repeat("x", 200) + "…\n"},
		"no envelope":     {`try { sendMessage("rpc", 5) } catch {}`, `fault=bad_message reason="data must be an object or a JSON text"`},
		"late load":       {importSDK + `editor.onLoad(() => new Promise(() => {}))`, `fault=load_timeout limit=50ms`},
		"late dispose":    {importSDK + `editor.onDispose(() => new Promise(() => {}))`, `fault=dispose_timeout limit=50ms`},
		"host's panic":    {importSDK + `editor.host.call("probe.ask").catch(() => {})`, `level=ERROR msg="host function panicked" extension=test fault=session in=probe.ask panic=oh`},
	} {
		t.Run(name, func(t *testing.T) {
			var log lockedBuffer
			options := quick
			options.Logger = slog.New(slog.NewTextHandler(&log, nil))
			options.LoadTimeout, options.DisposeTimeout = 50*time.Millisecond, 50*time.Millisecond
			options.Namespaces = []rpc.Namespace{&probe{answer: func(*rpc.Call) { panic("oh") }}}
			w := runtimetest.New(t, options)
			if ext, err := w.TryLoad(test.script); err == nil {
				w.Idle(ext)
				w.Stop(ext)
			}
			if strings.Count(log.String(), test.want) != 1 {
				t.Errorf("want %s\ngot %s", test.want, log.String())
			}
		})
	}
}

func TestUncaughtErrorsAreRecorded(t *testing.T) {
	var log lockedBuffer
	host, err := runtime.NewHost(runtime.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	folder := runtimetest.Write(t, map[string]string{"test.js": `Promise.reject(new Error("nobody cares"))`})
	ext, err := host.Load(t.Context(), folder+"/test.js")
	if err != nil {
		t.Fatal(err)
	}
	if err := ext.WaitIdle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "level=ERROR msg=\"uncaught error\" extension=test fault=uncaught where=") {
		t.Error(log.String())
	}
}
