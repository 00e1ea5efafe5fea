// Package rpc is the vocabulary between the runtime, which runs JavaScript, and
// the host services that JavaScript may call. It knows neither goja nor any
// service, and imports the standard library only.
//
// A [Namespace] is a host service, such as "network". The runtime opens one
// [Session] of every namespace for each activation of an extension. A message
// sendMessage("rpc", …) of the extension becomes a [Call], which the [Router]
// hands to the session that offers its method; whatever the session has to say
// by itself goes back as an [Event] through the [Caller].
//
// # Data
//
// Nothing but data crosses: nil, bool, int, int64, float64, string, []byte,
// []any, [Object], map[string]any, and [Lazy], which stands for one of them
// and is computed when somebody reads it. A []byte handed over belongs to the
// receiver from then on.
//
// # Concurrency
//
// Session.Serve runs on the goroutine that owns the extension's VM, and must
// not wait for anything. Everything else may be called from any goroutine:
// Call.Reply, Call.Fail and Caller.Push queue their message for the VM and
// return at once. Messages to one extension arrive in the order of these calls.
package rpc
