package runtime

import (
	"context"
	"log/slog"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// Options configure a [Host]. The zero value is usable; each field says its
// default. The functions are called one at a time for each extension, must not
// block, and must not call methods of the extension that wait.
type Options struct {
	// Namespaces are the services that extensions may call. Default none.
	Namespaces []rpc.Namespace

	// EngineVersion is the version of the platform that the host stands for, such
	// as "1.2.0". An extension whose manifest excludes it is refused. Default:
	// it isn't compared.
	EngineVersion string

	// CacheDir is a folder in which bundled extensions are kept for the next
	// start, as [sdk.Input] describes. Default: nothing is kept.
	CacheDir string

	// Logger receives what the host itself has to say, each record with the
	// extension's id, as "extension". A record of something that went wrong has
	// a "fault": slow_turn, turn_limit, heap_limit, host_heap, zombie,
	// host_panic, failed, load_timeout, dispose_timeout, session, uncaught or
	// bad_message, and those of the namespaces, such as package hostnet's.
	// Default: nothing is logged.
	Logger *slog.Logger

	// Console receives what an extension writes to its console. Default: it
	// goes to Logger.
	Console func(ext *Extension, level ConsoleLevel, text string)

	// Uncaught receives what an extension throws and nobody catches, in timers,
	// promises and callbacks of the host. What a handler throws is written to
	// Console, with its stack, so that the handlers after it still run. An error
	// that ends the extension comes as [Extension.Err] instead. Default: it goes
	// to Logger.
	Uncaught func(ext *Extension, err *ScriptError)

	// StateChanged is told of each change of state, in order. Default none.
	StateChanged func(ext *Extension, state State)

	// LoadTimeout is how long top-level code and onLoad callbacks may take, with
	// what they await, before the extension counts as active without them; they
	// go on. Default 30 s.
	LoadTimeout time.Duration

	// DisposeTimeout is how long the extension may take to end, from the request
	// through its onDispose callbacks, before it is ended without them. Default
	// 5 s.
	DisposeTimeout time.Duration

	// TurnWarning is how long JavaScript may run without giving the thread
	// back before the log says where it is. Default 1 s.
	TurnWarning time.Duration

	// TurnLimit is when such a script is interrupted and its extension ends as
	// crashed. Default 10 s.
	TurnLimit time.Duration

	// KillGrace is how long an interrupted script may take to end before its
	// goroutine is written off and counted in [Host.Zombies]. Default 1 s.
	KillGrace time.Duration

	// MaxHeap is how large the heap of the whole process may be, in bytes, while
	// an extension makes it grow: past it, that extension ends as crashed.
	// Garbage that isn't collected yet doesn't count, unless it comes so fast
	// that it can't be collected before the heap has twice that size, and 64 MiB
	// more than it. Default 0, no limit.
	//
	// Memory doesn't say whose it is. The host knows how far the heap has grown
	// during each extension's turns, since it was half as large as the limit, and
	// ends the one during whose turns it was most, if without that the heap were
	// within the limit. Where turns run at the same time, each is counted an equal
	// part; of what the embedder itself allocates meanwhile, too. Where no
	// extension grew so much, the log says so, once.
	//
	// The limit is looked after every few milliseconds where it is near, and one
	// operation, such as joining two strings, can pass it by its own size. So the
	// process needs memory for about twice the limit, 64 MiB more at least, and
	// a GOMEMLIMIT, if there is one, above it. What hosts keep for an extension
	// counts too, and is bounded: for each connection 8 MiB of messages that wait
	// for handlers (once more where they wait in JavaScript) and 16 MiB to be
	// sent, by the defaults of package hostnet, and MaxEvents events of the
	// platform.
	MaxHeap int64

	// RegExpTimeout bounds one match of a regular expression that backtracks.
	// It holds for the whole process; the first host decides. Default 1 s.
	RegExpTimeout time.Duration

	// MaxEvents is how many events of the platform may wait for an extension
	// before [Extension.PushEvent] waits. Default 1,024.
	MaxEvents int
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Console == nil {
		o.Console = logConsole
	}
	if o.Uncaught == nil {
		o.Uncaught = logUncaught
	}
	if o.StateChanged == nil {
		o.StateChanged = func(*Extension, State) {}
	}
	setDefault(&o.LoadTimeout, 30*time.Second)
	setDefault(&o.DisposeTimeout, 5*time.Second)
	setDefault(&o.TurnWarning, time.Second)
	setDefault(&o.TurnLimit, 10*time.Second)
	setDefault(&o.KillGrace, time.Second)
	setDefault(&o.RegExpTimeout, time.Second)
	setDefault(&o.MaxEvents, 1024)
	return o
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

func logConsole(ext *Extension, level ConsoleLevel, text string) {
	ext.log.Log(context.Background(), level.severity(), text, "source", "console")
}

// logUncaught leaves out the code around the place, which may hold anything.
func logUncaught(ext *Extension, err *ScriptError) {
	ext.log.Error("uncaught error", "fault", string(faultUncaught), "where", err.Where, "error", err.Error(), "stack", err.Text)
}
