package runtime

import (
	"fmt"
	goruntime "runtime"

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
	launches := make([]*launch, len(paths))
	for i, path := range paths {
		launches[i] = h.prepare(path, "")
	}
	places := make(chan struct{}, goruntime.GOMAXPROCS(0))
	for _, l := range launches {
		go func() {
			defer close(l.compiled)
			places <- struct{}{}
			defer func() { <-places }()
			l.compile()
		}()
	}
	all := make([]Started, len(paths))
	for i, l := range launches {
		<-l.compiled
		all[i].Path = paths[i]
		all[i].Extension, all[i].Err = l.run()
	}
	return all
}

// A launch is an extension on its way into the host: prepared, compiled, run,
// in this order. An error ends it; run returns it.
type launch struct {
	host     *Host
	entry    entry
	script   *script
	err      error
	compiled chan struct{} // closed by StartAll
}

// prepare finds an extension's entry and reserves its id.
func (h *Host) prepare(path, id string) *launch {
	l := &launch{host: h, compiled: make(chan struct{})}
	if l.entry, l.err = findEntry(path, id); l.err == nil {
		l.err = h.reserve(l.entry)
	}
	return l
}

// compile bundles and compiles it. If that fails, the id is free again.
func (l *launch) compile() {
	if l.err != nil {
		return
	}
	if l.script, l.err = l.host.compile(l.entry); l.err != nil {
		l.host.release(l.entry.ID)
	}
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
