// Package hostnet is the network.* namespace: managed WebSockets for
// extensions. It knows sockets, and no JavaScript.
//
// A [Namespace] judges URLs and headers, dials, and gives each activation of an
// extension a session with a pool of connections of its own. What an extension
// sends and receives goes through package rpc as data.
//
// # Concurrency
//
// Serve never blocks: it refuses, or queues, or starts a goroutine of the
// session. That one dials, and becomes the connection's reader; it has one
// writer beside it, which ends before it does.
//
//   - Only the reader reads the socket, and only it decides how a connection
//     ends: it pushes the last events, after it has freed the place in the pool.
//   - Only the writer writes to the socket. It takes from the outbox, where
//     control frames come first, then messages in order, then the Close frame.
//   - The reader waits for room (credit) before it pushes a message. What the
//     extension hasn't taken is not read, and TCP slows the server down.
//   - Whatever waits for the server is bounded by a deadline on the TCP
//     connection, so nothing above it needs to be able to give up.
//
// The library below, coder/websocket, does the handshake and the data frames.
// Control frames and the rules of the protocol are the wire's, which says why.
package hostnet
