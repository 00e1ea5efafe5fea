package runtime_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

var answerWithin = flag.Duration("containment.within", patience,
	"how long the witness of TestContainment may wait for an answer; 50ms is what a machine without other work gives it")

// These tell a child process of the test which script to contain, and how long
// its turns may take.
const (
	attackVariable = "EXTRUN_ATTACK"
	limitVariable  = "EXTRUN_TURN_LIMIT"
)

const (
	heapLimit   = 64 << 20 // what the host allows
	memoryLimit = 8 << 30  // what the system allows, generously for a busy machine
	patience    = 20 * time.Second
)

// witnessScript talks to its server all the time.
const witnessScript = importSDK + `
	editor.network.createWebSocket("URL").then((ws) => {
		let asked;
		const ask = () => { asked = performance.now(); ws.send("are you there?") };
		ws.onMessage(() => { console.log(performance.now() - asked); setTimeout(ask, 1) });
		ask();
	});
`

// A report is what a child process has to say.
type report struct {
	Said    []string // by the attacker's console
	State   string   // of the attacker, at the end
	Err     string
	Zombies int
	Slowest time.Duration // answer to the witness
	Log     string
}

// TestAttacker is the child process: an attacker and its witness in one host. It
// succeeds if the witness still talks when the attacker has done its work.
func TestAttacker(t *testing.T) {
	script, ok := os.LookupEnv(attackVariable)
	if !ok {
		return // only the child processes of TestContainment have something to attack
	}
	limitMemory(t, memoryLimit)
	a := newArena(t)
	a.witness()
	folder := runtimetest.Write(t, map[string]string{"attacker.js": script})
	ext, err := a.host.Start(filepath.Join(folder, "attacker.js"), "")
	var result report
	if err != nil {
		result.Err = err.Error()
	} else {
		a.watch(ext)
		result.State, result.Err = ext.State().String(), errorText(ext.Err())
	}
	for range 20 {
		a.answer()
	}
	result.Zombies, result.Slowest = a.host.Zombies(), a.slowest
	result.Said, result.Log = a.said(), a.log.String()
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := a.host.Close(ctx); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("report: %s\n", text)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// An arena is a host for an attacker and a witness.
type arena struct {
	t        *testing.T
	host     *runtime.Host
	log      lockedBuffer
	answers  chan time.Duration
	finished chan struct{} // closed when the attacker says so
	slowest  time.Duration

	mu    sync.Mutex
	lines []string
}

func newArena(t *testing.T) *arena {
	limit, err := time.ParseDuration(os.Getenv(limitVariable))
	if err != nil {
		t.Fatal(err)
	}
	a := &arena{t: t, answers: make(chan time.Duration, 1), finished: make(chan struct{})}
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a.host, err = runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{network}, Console: a.hear, MaxHeap: heapLimit,
		Logger:        slog.New(slog.NewTextHandler(&a.log, nil)),
		TurnWarning:   250 * time.Millisecond,
		TurnLimit:     limit,
		KillGrace:     500 * time.Millisecond,
		RegExpTimeout: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// hear sorts what the two write to their consoles.
func (a *arena) hear(ext *runtime.Extension, _ runtime.ConsoleLevel, text string) {
	if ext.ID() != "attacker" {
		took, _ := time.ParseDuration(text + "ms")
		select {
		case a.answers <- took:
		default:
		}
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.lines = append(a.lines, text); len(a.lines) == 1 {
		close(a.finished)
	}
}

func (a *arena) said() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.lines
}

// witness starts the witness and returns when it has talked to its server.
func (a *arena) witness() {
	url := hostnettest.ServePeers(a.t, func(p *hostnettest.Peer) {
		for {
			if _, ok := p.Await(hostnettest.Text); !ok {
				return
			}
			p.Send(hostnettest.Text, "yes")
		}
	})
	folder := runtimetest.Write(a.t, map[string]string{"witness.js": strings.ReplaceAll(witnessScript, "URL", url)})
	if _, err := a.host.Load(a.t.Context(), filepath.Join(folder, "witness.js")); err != nil {
		a.t.Fatal(err)
	}
	a.answer()
}

// watch waits until the attacker has spoken or ended, while the witness gets its
// answers.
func (a *arena) watch(attacker *runtime.Extension) {
	for {
		select {
		case took := <-a.answers:
			a.slowest = max(a.slowest, took)
		case <-attacker.Done():
			return
		case <-a.finished:
			return
		case <-time.After(patience):
			a.t.Fatalf("the witness hears nothing any more\n%s", a.log.String())
		}
	}
}

// answer waits for one answer to the witness.
func (a *arena) answer() {
	select {
	case took := <-a.answers:
		a.slowest = max(a.slowest, took)
	case <-time.After(patience):
		a.t.Fatalf("the witness hears nothing any more\n%s", a.log.String())
	}
}

// runAttacker runs a script, whose turns may take as long as limit, in a child process, whose report it returns.
func runAttacker(t *testing.T, script string, limit time.Duration) report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 7*patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestAttacker$", "-test.count=1")
	cmd.Env = append(os.Environ(), attackVariable+"="+script, limitVariable+"="+limit.String())
	out, err := cmd.CombinedOutput()
	_, text, found := bytes.Cut(out, []byte("report: "))
	line, _, _ := bytes.Cut(text, []byte("\n"))
	var r report
	if parseErr := json.Unmarshal(line, &r); err != nil || !found || parseErr != nil {
		t.Fatalf("the process has not survived: %v\n%.3000s", errors.Join(err, parseErr), out)
	}
	t.Logf("%s; peak %s; slowest answer %s", r.State, peak(cmd.ProcessState), r.Slowest)
	if r.Slowest > *answerWithin {
		t.Errorf("the witness waited %s for an answer, longer than %s", r.Slowest, *answerWithin)
	}
	return r
}
