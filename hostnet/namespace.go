package hostnet

import "github.com/srcnexus/extrun/runtime/rpc"

// A Namespace offers network.* to extensions. It may be shared by several hosts.
type Namespace struct {
	opts   Options
	policy policy
	client *client
}

// New returns a namespace, or says which option can't be.
func New(opts Options) (*Namespace, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Namespace{opts: opts, policy: newPolicy(opts), client: newClient(opts)}, nil
}

// Methods implements rpc.Namespace.
func (n *Namespace) Methods() []string {
	return []string{"network.wsConnect", "network.wsSend", "network.wsClose", "network.wsBufferedAmount", "network.wsPause", "network.fetch"}
}

// Open implements rpc.Namespace.
func (n *Namespace) Open(caller rpc.Caller) rpc.Session {
	p := newPool(&n.opts, caller)
	return &session{namespace: n, pool: p, fetcher: fetcher{namespace: n, journal: p.journal}}
}
