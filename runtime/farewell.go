package runtime

import "github.com/srcnexus/extrun/runtime/rpc"

// methodClose ends a connection, whose id is among its params.
const methodClose = "network.wsClose"

// farewells are the connections that an extension with the published SDK has
// closed and whose close event is still to come, with the number of the calls
// that asked for it. Messages that were under way then are dropped: that SDK
// would still hand them out. The built-in SDK drops them itself.
type farewells map[string]int

// begin notes a call that closes a connection, as the published SDK makes it:
// such a call can't fail while the connection is open.
func (f *farewells) begin(r request) {
	id, ok := farewell(r)
	if !ok {
		return
	}
	if *f == nil {
		*f = make(farewells)
	}
	(*f)[id]++
}

// end forgets a call that has been answered.
func (f farewells) end(r request) {
	id, ok := farewell(r)
	if !ok {
		return
	}
	if f[id]--; f[id] <= 0 {
		delete(f, id)
	}
}

// unwanted reports whether nobody is to have an event any more.
func (f farewells) unwanted(event rpc.Event) bool {
	return len(f) > 0 && event.Name == "message" && f[event.Connection] > 0
}

// farewell is the connection that a call closes.
func farewell(r request) (connection string, ok bool) {
	if !r.text || r.method != methodClose || len(r.params) != 1 {
		return "", false
	}
	return r.params.Text("connectionId")
}
