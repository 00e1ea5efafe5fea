package guard_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// attackVariable tells a child process of the test what to run.
const attackVariable = "EXTRUN_GUARD_ATTACK"

// TestMain runs a script as the only thing in its process if it is told to: the
// process is what an attack would take down.
func TestMain(m *testing.M) {
	script, ok := os.LookupEnv(attackVariable)
	if !ok {
		os.Exit(m.Run())
	}
	debug.SetMemoryLimit(1 << 30)
	v, err := guarded(guard.Limits{}).RunString("try { " + script + " } catch (e) { e.name }")
	fmt.Println("survived:", v, err)
}

// attacks each took the process down, or held it for ever, without the guard.
var attacks = []string{
	"JSON.parse('['.repeat(1e7))",
	"JSON.parse('{\"a\":'.repeat(1e6))",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; JSON.stringify(a)",
	"const a = []; a.push(a); a.flat(Infinity)",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; a.flat(Infinity)",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; String(a)",
	"eval('('.repeat(1e6))",
	"eval('f' + '()'.repeat(1e6))",
	"eval('1' + '+1'.repeat(1e6))",
	"eval('`${'.repeat(1e6))",
	"new Function('['.repeat(1e6))",
	"'x'.repeat(2**40)",
	"'x'.padEnd(2**40)",
	"new Float64Array(2**40)",
	"new Uint8Array({length: 2**40})",
	"new ArrayBuffer(2**45)",
	"Array.from({length: 1e9})",
	"new Array(3e8).join()",
	"new Array(2**32 - 1).fill(0)",
	"const a = []; a.length = 2**32 - 1; a.sort()",
	"[].indexOf.call({length: 2**53 - 1}, 1)",
	"[].reverse.call({length: 2**53 - 1})",
	"(() => 1).apply(null, {length: 1e9})",
	"Reflect.apply(() => 1, null, {length: 2**40})",
}

func TestAttacksDontEndTheProcess(t *testing.T) {
	for _, script := range attacks {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), attackVariable+"="+script)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "survived: RangeError <nil>") {
			t.Errorf("%s: %v\n%.500s", script, err, out)
		}
	}
}
