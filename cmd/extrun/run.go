package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
)

// The exit codes beside 0. A signal's is 128 more than its number.
const (
	exitFailed = 1
	exitUsage  = 2
	exitSignal = 128
)

// run is the whole program but for its exit.
func run(args []string, stdout, stderr io.Writer) int {
	screen := newScreen(stdout, stderr)
	settings, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		screen.out("", usage)
		return 0
	case err != nil:
		screen.say("", "%s", withTwoDashes(err.Error()))
		screen.say("", "see extrun --help")
		return exitUsage
	case settings.version:
		screen.out("", "extrun "+version()+"\n")
		return 0
	}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	watchGarbage()
	profiles, err := startProfiles(settings)
	defer profiles.stop()
	if err != nil {
		screen.say("", "%v", err)
		return exitFailed
	}
	return runExtensions(settings, screen, signals, profiles)
}

// withTwoDashes writes flags as the usage does; package flag writes one dash.
func withTwoDashes(text string) string {
	return strings.NewReplacer("flag -", "flag --", "defined: -", "defined: --", "argument: -", "argument: --", "for -", "for --").Replace(text)
}

// runExtensions runs the extensions to their end, or to a signal.
func runExtensions(s settings, screen *screen, signals <-chan os.Signal, profiles profiles) int {
	screen.prefix = len(s.paths) > 1
	stopEcho := func() {}
	if s.echo {
		echo, err := startEcho()
		if err != nil {
			screen.say("", "--echo: %v", err)
			return exitFailed
		}
		echo.redirect(&s)
		stopEcho = echo.close
	}
	defer stopEcho()
	var failed atomic.Bool
	host, err := newHost(s, screen, &failed)
	if err != nil {
		screen.say("", "%v", err)
		return exitFailed
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		if !startAll(host, s, screen) {
			failed.Store(true)
		}
		waitIdle(ctx, host, s.keepAlive)
	}()
	code := func() int { return exitCode(failed.Load()) }
	select {
	case <-idle:
		if !reportUnloaded(host, screen) {
			failed.Store(true)
		}
	case sig := <-signals:
		code = func() int { return signalCode(sig) }
	}
	if err := profiles.writeMemory(); err != nil {
		screen.say("", "--memprofile: %v", err)
		failed.Store(true)
	}
	return stop(host, signals, screen, code)
}

func exitCode(failed bool) int {
	if failed {
		return exitFailed
	}
	return 0
}

func signalCode(sig os.Signal) int { return exitSignal + int(sig.(syscall.Signal)) }

func newHost(s settings, screen *screen, failed *atomic.Bool) (*runtime.Host, error) {
	network, err := hostnet.New(hostnet.Options{ConnectTo: s.connectTo, RootCAs: s.rootCAs, Proxy: s.proxy})
	if err != nil {
		return nil, err
	}
	return runtime.NewHost(runtime.Options{
		Namespaces: namespaces(network, screen),
		CacheDir:   cacheDir(s),
		MaxHeap:    s.maxHeap,
		Logger:     newLog(s, screen),
		Console:    screen.console,
		Uncaught:   screen.uncaught,
		StateChanged: func(ext *runtime.Extension, state runtime.State) {
			if state == runtime.Failed || state == runtime.Crashed {
				screen.say(ext.ID(), "%s", runtime.Describe(ext.Err()))
				failed.Store(true)
			}
		},
	})
}

// cacheDir is where bundles are kept: nowhere, if that isn't wanted, or if the
// system has no place for it.
func cacheDir(s settings) string {
	folder, err := os.UserCacheDir()
	if err != nil || s.noCache {
		return ""
	}
	return filepath.Join(folder, "extrun")
}

// startAll starts the extensions, and reports those that can't be started.
func startAll(host *runtime.Host, s settings, screen *screen) (ok bool) {
	if s.id != "" { // then there is one path
		_, err := host.Start(s.paths[0], s.id)
		return report(err, screen)
	}
	ok = true
	for _, started := range host.StartAll(s.paths...) {
		ok = report(started.Err, screen) && ok
	}
	return ok
}

// report shows an error to people. It reports whether there is none.
func report(err error, screen *screen) (ok bool) {
	if err != nil {
		screen.say("", "%s", runtime.Describe(err))
	}
	return err == nil
}

// waitIdle waits until no extension has anything left to do, or for ctx.
func waitIdle(ctx context.Context, host *runtime.Host, keepAlive bool) {
	if keepAlive && len(host.Extensions()) > 0 {
		<-ctx.Done()
	}
	for _, ext := range host.Extensions() {
		ext.WaitIdle(ctx)
	}
}

// reportUnloaded names the extensions that wait for what can't come any more. It
// reports whether there are none.
func reportUnloaded(host *runtime.Host, screen *screen) (ok bool) {
	ok = true
	for _, ext := range host.Extensions() {
		if ext.State() == runtime.Loading && ext.Err() == nil {
			screen.say(ext.ID(), "%s: still loading, and nothing is left that could end it: an await in its top-level code or onLoad waits for ever", ext.ID())
			ok = false
		}
	}
	return ok
}

// stop ends the extensions and returns the exit code, at another signal without
// waiting for them.
func stop(host *runtime.Host, signals <-chan os.Signal, screen *screen, code func() int) int {
	closed := make(chan error, 1)
	go func() { closed <- host.Close(context.Background()) }()
	select {
	case err := <-closed:
		if err != nil {
			screen.say("", "%v", err)
		}
		return code()
	case sig := <-signals:
		return signalCode(sig)
	}
}

// version is the module's, as the go command has put it into the program.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
