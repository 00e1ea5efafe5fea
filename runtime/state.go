package runtime

// A State is where an extension is in its life: Loading, Active, Disposing, and
// one of the last three at its end.
type State int

// The states of an extension.
const (
	Loading   State = iota // its code is being run, up to the end of onLoad
	Active                 // onLoad has ended
	Disposing              // its onDispose callbacks run
	Stopped                // it was ended by its host
	Failed                 // its top-level code or onLoad threw
	Crashed                // it didn't give the thread back, or the host failed in it
)

// String returns the state's name in lower case.
func (s State) String() string {
	switch s {
	case Loading:
		return "loading"
	case Active:
		return "active"
	case Disposing:
		return "disposing"
	case Stopped:
		return "stopped"
	case Failed:
		return "failed"
	case Crashed:
		return "crashed"
	}
	return "unknown"
}
