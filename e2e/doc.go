// Package e2e holds the stories that users live through: the real program, run
// on real files, with real sockets to servers on this machine. All of it is in
// the tests.
//
// A story is a small extension, a server that plays its part, and what both have
// seen in the end. What needs fake time or smaller limits than the program has
// runs in a host of the test's own.
package e2e
