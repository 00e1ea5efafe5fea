// Command crowd runs many extensions in one process, as an editor does. Its
// argument is the folder with the task and the members' program; it keeps them
// until its input ends.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/srcnexus/extrun/bench/task"
	"github.com/srcnexus/extrun/bench/usage"
	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

func main() {
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
}

// run starts the members one after the other, writes to out what each of the
// last tenth took, and keeps them until in ends.
func run(dir string, in io.Reader, out io.Writer) error {
	t, err := task.Read(dir)
	if err != nil {
		return err
	}
	host, err := newHost(dir)
	if err != nil {
		return err
	}
	defer host.Close(context.Background())
	last := int(math.Ceil(float64(t.Members) / 10))
	if err := start(host, dir, 0, t.Members-last); err != nil {
		return err
	}
	cpu, begin := usage.Self(), time.Now()
	if err := start(host, dir, t.Members-last, t.Members); err != nil {
		return err
	}
	result := task.Result{CPU: microseconds(usage.Self()-cpu) / float64(last), Wall: microseconds(time.Since(begin)) / float64(last)}
	if t.Collect {
		debug.FreeOSMemory()
	}
	if err := json.NewEncoder(out).Encode(result); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}

// newHost makes a host as an editor does, which keeps bundles.
func newHost(dir string) (*runtime.Host, error) {
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		return nil, err
	}
	return runtime.NewHost(runtime.Options{Namespaces: []rpc.Namespace{network}, CacheDir: filepath.Join(dir, "cache")})
}

// start starts the members from one number to before another.
func start(host *runtime.Host, dir string, from, to int) error {
	for i := from; i < to; i++ {
		ext, err := host.Start(filepath.Join(dir, "member.js"), fmt.Sprintf("member-%d", i))
		if err != nil {
			return err
		}
		if err := ext.WaitActive(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
