// Where the servers are that the tests of the network talk to, as "host:port". The Go test that
// starts them writes this file anew, into a copy of the folder.

/** Plays the parts of e2e/web_sockets_test.go: ws://${sockets}/part?argument=… */
export const sockets = "";

/** Serves e2e/web_pages_test.go: http://${pages}/path?argument=… */
export const pages = "";

/** Another origin with the same pages. */
export const elsewhere = "";
