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
// Params come as the extension's SDK sent them, unchecked. The SDK that is
// published with extensions sends JSON, so that a whole number may be an int64
// or a float64, bytes are an object with the keys "0", "1", …, and an option
// that was left out is null or missing. All of an error that this SDK passes on
// is its text.
//
// # What the published SDK expects
//
//   - A method without a result replies nil.
//   - commands.registerHook replies {hookId} with the very id that came with
//     the call, or nil: the SDK files its handler anew under any other id, and
//     loses it when there is none. These ids are unique within one extension
//     only.
//   - A command is executed only if its extension has registered it, and may be
//     executed before the registration was answered. A hook likewise.
//   - A before hook that the SDK doesn't know is never answered: whoever asks
//     needs a time limit, and goes on as if it had agreed.
//   - The close event of a connection is pushed before network.wsClose is
//     answered, whichever call asked for it; an error event comes before the
//     close event, which comes once.
//   - Ids of connections are not used again within an activation.
//
// # Concurrency
//
// Session.Serve runs on the goroutine that owns the extension's VM, and must
// not wait for anything. Everything else may be called from any goroutine:
// Call.Reply, Call.Fail and Caller.Push queue their message for the VM and
// return at once. Messages to one extension arrive in the order of these calls,
// but for events of no connection that come before its onLoad has ended: those
// are kept until then, and replies overtake them.
package rpc
