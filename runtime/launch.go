package runtime

import (
	"fmt"
	goruntime "runtime"
	"runtime/debug"

	"github.com/srcnexus/extrun/sdk"
)

// Started says what became of one path that [Host.StartAll] was given.
type Started struct {
	Path      string
	Extension *Extension // nil if it could not be started
	Err       error      // as of [Host.Start]
}

// StartAll starts the extensions at paths, each as [Host.Start] does, and
// returns what became of them in the same order. They are bundled and compiled
// at the same time, on as many goroutines as there are processors, and begin to
// run in the order of the paths: where two have the same id, the first has it.
// One that can't be started is no reason to leave out the others. StartAll
// returns as soon as the last of them has begun to run.
func (h *Host) StartAll(paths ...string) []Started {
	launches, compiled := make([]*launch, len(paths)), make([]chan struct{}, len(paths))
	for i, path := range paths {
		launches[i], compiled[i] = h.prepare(path, ""), make(chan struct{})
	}
	places := make(chan struct{}, goruntime.GOMAXPROCS(0))
	for i, l := range launches {
		go func() {
			defer close(compiled[i])
			places <- struct{}{}
			defer func() { <-places }()
			l.compile()
		}()
	}
	all := make([]Started, len(paths))
	for i, l := range launches {
		<-compiled[i]
		all[i].Path = paths[i]
		all[i].Extension, all[i].Err = l.run()
	}
	return all
}

// A launch is an extension on its way into the host: prepared, compiled, run,
// in this order. An error ends it; run returns it.
type launch struct {
	host   *Host
	entry  entry
	script *script
	err    error
}

// prepare finds an extension's entry and reserves its id.
func (h *Host) prepare(path, id string) *launch {
	l := &launch{host: h}
	if l.entry, l.err = findEntry(path, id); l.err == nil {
		l.err = h.reserve(l.entry)
	}
	return l
}

// compile bundles and compiles it. If that fails, the id is free again. A panic
// is such a failure: it may be on a goroutine where nobody else would stop it.
func (l *launch) compile() {
	if l.err != nil {
		return
	}
	defer func() {
		if reason := recover(); reason != nil {
			l.host.options.Logger.Error("the host panicked while it compiled an extension",
				"fault", string(faultPanic), "extension", l.entry.ID, "panic", reason, "stack", string(debug.Stack()))
			l.err = fmt.Errorf("extension %s can't be compiled: the host panicked: %v", l.entry.ID, reason)
		}
		if l.err != nil {
			l.host.release(l.entry.ID)
		}
	}()
	l.script, l.err = l.host.compile(l.entry)
}

// run begins to run it.
func (l *launch) run() (*Extension, error) {
	if l.err != nil {
		return nil, l.err
	}
	ext := newExtension(l.host, l.entry, l.script)
	if err := l.host.run(ext); err != nil {
		ext.closeSessions()
		l.host.release(l.entry.ID)
		return nil, err
	}
	return ext, nil
}

// reportCache logs where a bundle came from, for whoever wants to know.
func (h *Host) reportCache(id string, bundled *sdk.Bundled) {
	log := h.options.Logger.With("extension", id)
	switch {
	case h.options.CacheDir == "":
	case bundled.Cached:
		log.Debug("bundle taken from the cache", "folder", h.options.CacheDir)
	case bundled.CacheErr != nil:
		h.uncached.Do(func() { log.Info("bundles can't be kept", "folder", h.options.CacheDir, "error", bundled.CacheErr) })
	default:
		log.Debug("bundle made and kept", "folder", h.options.CacheDir)
	}
}

// reportWarnings logs what the author should know of a bundle that works.
func (h *Host) reportWarnings(id string, bundled *sdk.Bundled) {
	log := h.options.Logger.With("extension", id)
	for i, warning := range bundled.Warnings {
		if i == maxMessages {
			log.Warn("the bundler has more warnings", "count", len(bundled.Warnings)-i)
			return
		}
		log.Warn("the bundler warns", "at", fmt.Sprintf("%s:%d:%d", warning.File, warning.Line, warning.Column), "text", warning.Text)
	}
}
