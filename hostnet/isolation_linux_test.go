package hostnet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// What an isolated test tells the one that has started it.
const (
	observedMark = "isolated test observed: "
	skippedMark  = "isolated test skipped: "
)

// isolated makes a fault in a process of its own, whose network has nothing but
// a loopback interface: no packet can leave it. Where the system allows no such
// thing, the test is skipped.
func isolated(make func(t *testing.T) string) func(t *testing.T) string {
	return func(t *testing.T) string {
		if os.Getenv(isolatedTest) != t.Name() {
			return runIsolated(t)
		}
		if err := raise("lo"); err != nil {
			skipIsolated(t, fmt.Sprintf("the loopback interface can't be raised: %v", err))
		}
		observed := make(t)
		fmt.Printf("%s%q\n", observedMark, observed)
		return observed
	}
}

// skipIsolated skips the test in this process and in the one that has started it.
func skipIsolated(t *testing.T, reason string) {
	t.Helper()
	fmt.Printf("%s%s\n", skippedMark, reason)
	t.Skip(reason)
}

// runIsolated runs the test of the same name in namespaces of its own.
func runIsolated(t *testing.T) string {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, "-test.run="+exactly(t.Name()), "-test.timeout=2m")
	cmd.Env = append(os.Environ(), isolatedTest+"="+t.Name(), "GORACE=atexit_sleep_ms=0")
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.SysProcAttr = namespaces()
	if err := cmd.Start(); err != nil {
		t.Skipf("this system gives a test no network namespace of its own: %v", err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if _, reason, ok := strings.Cut(out.String(), skippedMark); ok {
		reason, _, _ = strings.Cut(reason, "\n")
		t.Skip(reason)
	}
	_, quoted, _ := strings.Cut(out.String(), observedMark)
	quoted, _, _ = strings.Cut(quoted, "\n")
	observed, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatalf("the isolated test has observed nothing:\n%s", &out)
	}
	return observed
}

// exactly is the pattern of -run for one test.
func exactly(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return strings.Join(parts, "/")
}

// namespaces are a network and mounts of a process's own, and where the user
// isn't root, a root of its own.
func namespaces() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Unshareflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	return attr
}

// ownNameServer makes the system's resolver ask 127.0.0.1, in this process only.
func ownNameServer(t *testing.T) {
	t.Helper()
	path := t.TempDir() + "/resolv.conf"
	if err := os.WriteFile(path, []byte("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		skipIsolated(t, fmt.Sprintf("mounts can't be made private: %v", err))
	}
	if err := syscall.Mount(path, "/etc/resolv.conf", "", syscall.MS_BIND, ""); err != nil {
		skipIsolated(t, fmt.Sprintf("resolv.conf can't be replaced: %v", err))
	}
	t.Cleanup(func() { syscall.Unmount("/etc/resolv.conf", syscall.MNT_DETACH) })
}

// inFar runs a function in a network namespace of its own, whose sockets stay
// in it. The thread that it runs on ends with it.
func inFar(f func() (farEnd, error)) (end farEnd, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if err = syscall.Unshare(syscall.CLONE_NEWNET); err == nil {
			end, err = f()
		}
	}()
	<-done
	return end, err
}
