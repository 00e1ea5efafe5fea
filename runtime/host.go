package runtime

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/srcnexus/extrun/runtime/internal/guard"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A Host runs extensions. Several hosts can live in one process. Its methods
// may be called from any goroutine.
type Host struct {
	options  Options
	scripts  scriptCache
	uncached sync.Once // that nothing can be kept is said once
	watchdog *watchdog
	stop     context.CancelFunc // ends the watchdog
	wg       sync.WaitGroup     // the goroutines of the host and its extensions
	lost     chan struct{}      // closed with the first zombie
	losing   sync.Once

	mu         sync.Mutex
	closed     bool                  // no extension is let in any more
	drained    bool                  // no goroutine is started any more
	taken      map[string]string     // the entry files of the ids in use
	extensions map[string]*Extension // those that have not ended, by id
	zombies    map[*Extension]struct{}
}

// NewHost starts a host without extensions. It must be closed.
func NewHost(options Options) (*Host, error) {
	if err := rpc.CheckNamespaces(options.Namespaces); err != nil {
		return nil, err
	}
	if err := checkEngine(options.EngineVersion); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	guard.BoundRegExps(options.RegExpTimeout)
	h := &Host{
		options:    options,
		taken:      make(map[string]string),
		extensions: make(map[string]*Extension),
		zombies:    make(map[*Extension]struct{}),
		lost:       make(chan struct{}),
	}
	h.watchdog = newWatchdog(options.TurnWarning, options.TurnLimit, newHeapWatch(options.MaxHeap, h.spawn, h.heapTooLarge))
	ctx, cancel := context.WithCancel(context.Background())
	h.stop = cancel
	h.wg.Go(func() { h.watchdog.run(ctx) })
	return h, nil
}

// Load starts the extension at path and waits until it is active: it is
// [Host.Start] and [Extension.WaitActive] in one. When ctx ends first, or
// loading fails, nothing of the extension is left.
func (h *Host) Load(ctx context.Context, path string) (*Extension, error) {
	ext, err := h.Start(path, "")
	if err != nil {
		return nil, err
	}
	if err := ext.WaitActive(ctx); err != nil {
		ext.Stop(ctx)
		return nil, err
	}
	return ext, nil
}

// Start starts the extension at path: a source file, a folder, a manifest.json
// or a package.json. It reads and bundles the sources on the calling goroutine, and
// returns as soon as the code has begun to run. id is the extension's where no
// manifest names one; empty, it comes from the file's name.
//
// Its error is a [*sdk.BuildError] for sources that can't be bundled, a
// [*ManifestError], or a sentence about the path or the id. [Describe] shows
// them with the code around the place.
func (h *Host) Start(path, id string) (*Extension, error) {
	l := h.prepare(path, id)
	l.compile()
	return l.run()
}

// run lets an extension in, unless the host was closed while it was compiled.
func (h *Host) run(ext *Extension) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return errClosed(ext.id)
	}
	h.extensions[ext.id] = ext
	h.watchdog.watch(ext)
	ext.loop.post(ext.load)
	h.wg.Go(ext.run)
	return nil
}

// Extensions returns the extensions that have not ended, by id.
func (h *Host) Extensions() []*Extension {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []*Extension
	for _, id := range slices.Sorted(maps.Keys(h.extensions)) {
		all = append(all, h.extensions[id])
	}
	return all
}

// Extension returns the extension with an id, or nil.
func (h *Host) Extension(id string) *Extension {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.extensions[id]
}

// PushEvent delivers an event of the platform to all extensions, a copy of data
// to each. It waits for those that have too many events waiting already, at most
// until ctx is done, and returns the first error; the other extensions get the
// event all the same.
func (h *Host) PushEvent(ctx context.Context, name string, data any) (err error) {
	var full []*Extension
	for _, ext := range h.Extensions() {
		copied, dataErr := snapshot(data)
		if dataErr != nil {
			return fmt.Errorf("event %s: %w", name, dataErr)
		}
		if !ext.tryPush(name, copied) {
			full = append(full, ext)
		}
	}
	for _, ext := range full {
		if pushErr := ext.PushEvent(ctx, name, data); pushErr != nil && err == nil {
			err = pushErr
		}
	}
	return err
}

// Zombies is how many goroutines were written off because a script could not be
// interrupted. Each keeps a processor busy until it comes back by itself.
func (h *Host) Zombies() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.zombies)
}

// Close stops all extensions at the same time, as [Extension.Stop] does, and
// refuses new ones. It returns ctx's error if that ended first.
func (h *Host) Close(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	errs := make(chan error, 1)
	var stopping sync.WaitGroup
	for _, ext := range h.Extensions() {
		stopping.Go(func() {
			if err := ext.Stop(ctx); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		})
	}
	stopping.Wait()
	h.mu.Lock()
	h.drained = true
	h.mu.Unlock()
	h.stop()
	h.wait(ctx)
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// wait waits for the host's goroutines, unless some of them are written off.
func (h *Host) wait(ctx context.Context) {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		h.wg.Wait()
	}()
	select {
	case <-gone:
	case <-h.lost:
	case <-ctx.Done():
	}
}

// reserve takes an id, so that no other extension runs under it. It refuses an
// extension that was made for another version of the platform.
func (h *Host) reserve(e entry) error {
	if err := e.supports(h.options.EngineVersion); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return errClosed(e.ID)
	}
	if other, taken := h.taken[e.ID]; taken {
		return fmt.Errorf("extension id %s is taken: %s runs under it already; give one of them another id", e.ID, other)
	}
	h.taken[e.ID] = e.File
	return nil
}

// release makes an id free again.
func (h *Host) release(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.taken, id)
	delete(h.extensions, id)
}

// spawn runs a goroutine on behalf of an extension, unless all of them have
// ended already.
func (h *Host) spawn(run func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.drained {
		h.wg.Go(run)
	}
}

// forget lets go of an extension that has ended.
func (h *Host) forget(ext *Extension) {
	h.watchdog.forget(ext)
	h.release(ext.id)
}

func (h *Host) addZombie(ext *Extension) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.zombies[ext] = struct{}{}
	h.losing.Do(func() { close(h.lost) })
}

func (h *Host) isZombie(ext *Extension) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, lost := h.zombies[ext]
	return lost
}

func (h *Host) buryZombie(ext *Extension) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.zombies, ext)
}

func errClosed(id string) error { return fmt.Errorf("extension %s: the host is closed", id) }

// errEnded is what callers get that come too late.
func errEnded(id string) error { return fmt.Errorf("extension %s has ended", id) }

// errEnding is what calls of an extension get while it ends.
var errEnding = &rpc.Error{Code: rpc.CodeAborted, Message: "the extension is being deactivated"}
