// Package runtime runs JavaScript extensions. A [Host] loads them by path; each
// [Extension] has its own goja VM, its own event loop and its own sessions of
// the host's namespaces, and reaches the host by nothing but messages. The
// package knows no network and no files beyond an extension's sources.
//
// # The life of an extension
//
// Loading (top-level code, then onLoad), Active, Disposing (onDispose), and one
// of Stopped, Failed and Crashed. However it ends, its sessions are closed, its
// timers dropped and its pending calls rejected before [Extension.Done] closes.
//
// # Concurrency
//
//   - One goroutine owns an extension's VM, from its making to its end. Nothing
//     else touches a JavaScript value.
//   - Whatever happens outside is posted to the extension's loop, which runs it
//     in the order of posting: a reply, an event, a command. Posting never
//     blocks; whoever posts bounds what may wait.
//   - Each posted message is a turn: JavaScript runs, then all promise reactions
//     that it leads to, then the next message.
//   - Nothing on that goroutine waits for a channel, a lock that is held for
//     long, or the network.
//   - One watchdog goroutine looks after the turns of all extensions of a host.
//     A turn that takes too long is interrupted and its extension ends; the
//     others don't notice.
package runtime
