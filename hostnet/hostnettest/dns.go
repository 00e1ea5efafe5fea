package hostnettest

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync"
)

// A Resolver answers as a test tells it. Its Resolve is for hostnet.Options.
type Resolver struct {
	mu      sync.Mutex
	answers map[string][]string
	asked   []string
}

// NewResolver takes what each name's lookups are answered with, one after the
// other: addresses with blanks between them. The last answer repeats; what
// isn't listed doesn't exist.
func NewResolver(answers map[string][]string) *Resolver {
	return &Resolver{answers: answers}
}

// Resolve gives the name's next answer.
func (r *Resolver) Resolve(_ context.Context, host string) ([]net.IP, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(slices.DeleteFunc(slices.Clone(r.asked), func(name string) bool { return name != host }))
	r.asked = append(r.asked, host)
	answers := r.answers[host]
	if len(answers) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	var addrs []net.IP
	for text := range strings.FieldsSeq(answers[min(before, len(answers)-1)]) {
		addrs = append(addrs, net.ParseIP(text))
	}
	return addrs, nil
}

// Asked lists the names that were looked up, in order.
func (r *Resolver) Asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.asked)
}
