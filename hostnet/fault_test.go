package hostnet

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime/rpc"
)

var update = flag.Bool("update", false, "write FAULTS.md anew")

// isolatedTest is the environment variable that names the test which a process
// of its own is to run.
const isolatedTest = "HOSTNET_ISOLATED_TEST"

// A fault is a row of the fault table: something that goes wrong, the ways in
// which it is made to go wrong here, and tests elsewhere that do so too.
type fault struct {
	row       int
	name      string
	made      []injection
	elsewhere []elsewhere
}

// An injection makes a fault for real, fails the test where what comes of it is
// not what is required, and returns what was observed. That is the same text
// each time.
type injection struct {
	what string
	make func(t *testing.T) string
}

// elsewhere is a test with a name of its own, as namedTests knows it. What it
// observes it tells package observed.
type elsewhere struct{ what, test string }

// faultTable is all rows, in order.
func faultTable() []fault {
	return slices.Concat(reachFaults, dialFaults, streamFaults, flowFaults, lifeFaults, runtimeFaults, fetchFaults)
}

// TestFaultTable makes every fault and holds FAULTS.md to what was observed;
// with -update it writes it.
func TestFaultTable(t *testing.T) {
	var lines []string
	all := 0
	for i, fault := range faultTable() {
		if fault.row != i+1 || len(fault.made)+len(fault.elsewhere) == 0 {
			t.Fatalf("row %d stands at place %d, with %d lines", fault.row, i+1, len(fault.made)+len(fault.elsewhere))
		}
		all += len(fault.made) + len(fault.elsewhere)
		t.Run(strconv.Itoa(fault.row), func(t *testing.T) {
			for _, injection := range fault.made {
				if line, ok := injection.run(t, fault); ok {
					lines = append(lines, line)
				}
			}
		})
		for _, e := range fault.elsewhere {
			lines = append(lines, tableLine(strconv.Itoa(fault.row), fault.name, e.what, observedBy(t, e.test), e.test))
		}
	}
	if !t.Failed() && os.Getenv(isolatedTest) == "" {
		checkFaults(t, lines, len(lines) == all)
	}
}

// observedBy is what another test has said, which that test holds to the truth.
func observedBy(t *testing.T, test string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(observed.Path(folder, test))
	if err != nil {
		t.Errorf("nobody has said what %s observes: make the file, and run that test with EXTRUN_WRITE_OBSERVED=1: %v", test, err)
	}
	return string(text)
}

// run makes the fault and returns its line of the table. It reports false where
// the fault was not made.
func (i injection) run(t *testing.T, of fault) (line string, ok bool) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Run(i.what, func(t *testing.T) {
		observed := i.make(t)
		if observed == "" {
			t.Error("nothing was observed")
		}
		line, ok = tableLine(strconv.Itoa(of.row), of.name, i.what, observed, t.Name()), true
	})
	if err := goleak.Find(before); err != nil {
		t.Errorf("%s: %v", i.what, err)
	}
	return line, ok
}

// checkFaults compares the lines with FAULTS.md. Where a fault could not be
// made, or a single one was asked for, the lines that there are must be there.
func checkFaults(t *testing.T, lines []string, complete bool) {
	t.Helper()
	want := faultsHeader + strings.Join(lines, "\n") + "\n" + defectsHeader + strings.Join(defectLines(), "\n") + "\n"
	if strings.Contains(want, "|  |") {
		t.Error("a cell of the table is empty")
	}
	if *update {
		if !complete {
			t.Fatal("FAULTS.md can't be written: not every fault was made")
		}
		if err := os.WriteFile("FAULTS.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile("FAULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if complete && string(file) == want {
		return
	}
	have := strings.Split(string(file), "\n")
	for _, line := range lines {
		if !slices.Contains(have, line) {
			t.Errorf("FAULTS.md does not have this line:\n%s", line)
		}
	}
	if complete {
		t.Error("FAULTS.md is stale; go test ./hostnet -run TestFaultTable -update writes it anew")
	}
}

const faultsHeader = `# What goes wrong on the network, and what comes of it

Written by ` + "`go test ./hostnet -run TestFaultTable -update`" + `: each line was made to happen, and says what was seen. PORT stands for a port of the test's.
Rows 1 to 35 are the table of faults that the project began with, by its numbers; those after them were added here.
A test without a package's name is one of this package; the others say themselves what they observe, and fail where the table says something else.

| row | fault | injected | observed | test |
| --- | --- | --- | --- | --- |
`

// tableLine is a line of a table.
func tableLine(cells ...string) string {
	for i, cell := range cells {
		cells[i] = strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(strings.TrimSpace(cell))
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

// connectError connects and returns the error that the extension sees, which
// there must be, with this code. The extension's place must be free again.
func (f *fixture) connectError(code, url string, more ...any) string {
	f.t.Helper()
	err := f.do("wsConnect", append(object("url", url), object(more...)...)).Err
	if rpc.Code(err) != code {
		f.t.Errorf("%s: %v, want %s", url, err, code)
	}
	if f.session.Busy() {
		f.t.Errorf("%s: the place is still taken", url)
	}
	if err == nil {
		return "connected"
	}
	return code + ": " + anyPort.ReplaceAllString(err.Error(), "${1}PORT")
}

// anyPort are the ports that the system has chosen.
var anyPort = regexp.MustCompile(`((?:port |[\w\]]:))[0-9]{5}\b`)

// untilClose describes the events up to the close event, which is the last.
func (f *fixture) untilClose() string {
	f.t.Helper()
	var heard []string
	for {
		event := f.next()
		if kind, data, _ := strings.Cut(event, " "); kind == "message" && len(data) > 40 {
			event = fmt.Sprintf("message of %d bytes", len(data))
		}
		heard = append(heard, strings.TrimSpace(event))
		if strings.HasPrefix(event, "close ") {
			f.ended()
			return strings.Join(heard, ", ")
		}
	}
}

// check fails the test unless what was observed has all parts.
func check(t *testing.T, observed string, parts ...string) string {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(observed, part) {
			t.Errorf("no %q in %q", part, observed)
		}
	}
	return observed
}

// working is a server that completes the handshake and nothing else.
func working(t *testing.T) *hostnettest.Server {
	t.Helper()
	return hostnettest.Serve(t, "127.0.0.1:0", acceptAll)
}

// anyTime is a time as errors show it.
var anyTime = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)

// allocated is how many bytes the process has ever allocated.
func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// allocatedSince holds what was allocated meanwhile to a bound.
func allocatedSince(t *testing.T, before uint64) string {
	t.Helper()
	const bound = 8 << 20
	if n := allocated() - before; n > bound {
		t.Errorf("%d bytes were allocated", n)
	}
	return "less than 8 MiB allocated"
}
