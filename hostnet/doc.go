// Package hostnet is the network.* namespace: managed WebSockets and HTTP
// requests for extensions. It knows sockets, and no JavaScript.
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
// A request has one goroutine, from the dial to the reply, and one more while a
// body is written. A connection that waits for the next request has one, which
// reads: what the server does to it is noticed, and nothing of it outlives the
// session. Each exchange is one message there and one back, over HTTP/1.1.
//
// # Records
//
// What goes wrong is logged, once, with the keys "fault", "extension", "error",
// and "connection" or "code" where there is one. No record holds a header's
// value, user info or a query. Of one fault, an extension gets 20 records a
// minute; the next then says how many were "omitted".
//
//	url_refused        the URL, or the address it leads to, may not be reached
//	header_refused     a header or subprotocol can't be sent
//	invalid_data       an argument is of the wrong type or shape
//	connection_limit   the extension has as many sockets or requests as it may have
//	not_owner          the connection is another extension's
//	dial_failed        no connection came about; "code" says how
//	request_failed     no response came, or none that could be taken; "code" says how
//	connection_lost    the connection ended without a closing handshake
//	ping_timeout       the server has vanished
//	protocol           the server sent what is illegal
//	message_too_large  the server sent a message above the maximum
//	close_unanswered   the server did not answer a close in time
//	buffer_full        a send was refused, the first until half of it is free
//
// All are of level info, since the extension is told as well, but for
// buffer_full, which is a warning.
//
// The library below, coder/websocket, does the handshake and reads the data frames.
// Control frames and the rules of the protocol are the wire's, which says why.
package hostnet
