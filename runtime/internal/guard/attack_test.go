package guard_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// attackVariable tells a child process of the test what to run.
const attackVariable = "EXTRUN_GUARD_ATTACK"

// TestMain runs a script as the only thing in its process if it is told to: the
// process is what an attack would take down.
func TestMain(m *testing.M) {
	script, ok := os.LookupEnv(attackVariable)
	if !ok {
		leaktest.Main(tests{m})
	}
	debug.SetMemoryLimit(1 << 30)
	v, err := guarded(guard.Limits{}).RunString("try { " + script + " } catch (e) { e.name }")
	fmt.Println("survived:", v, err)
}

// tests end the clock of regular expressions, which would go by itself a second
// later.
type tests struct{ *testing.M }

// timeout bounds the regular expressions of the process.
const timeout = 100 * time.Millisecond

func (t tests) Run() int {
	guard.BoundRegExps(timeout)
	defer regexp2.StopTimeoutClock()
	return t.M.Run()
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
	"BigInt.asUintN(2**53 - 1, 1n)",
	"BigInt.asIntN(2**40, -1n)",
	"(async () => 1).constructor('('.repeat(1e6))",
	"Object.getPrototypeOf(function* () {}).constructor({toString: () => '['.repeat(1e6)})",
	"Function.apply(null, Array(500).fill('('.repeat(1900)))",
	"eval(('x=function(){}/\"/\"+\")\"+\\n(').repeat(4e5))",
}

func TestAttacksDontEndTheProcess(t *testing.T) {
	for _, script := range attacks {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), attackVariable+"="+script, "GORACE=atexit_sleep_ms=0")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "survived: RangeError <nil>") {
				t.Errorf("%v\n%.500s", err, out)
			}
		})
	}
}
