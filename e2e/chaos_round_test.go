package e2e

import "sync"

// A round is one activation of an extension.
type round struct {
	key       string
	published bool // the extension brings the published SDK

	places chan note // gets how many connections there can be, when all bouts are over

	mu     sync.Mutex
	bouts  map[string]*bout // by key, those that are not judged
	begun  int              // bouts so far
	taken  map[string]bool  // ids of connections so far
	sealed bool             // it has ended, and must say nothing any more
}

// unfinished shows the bouts of a round that have not ended.
func (r *round) unfinished() (text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range r.bouts {
		b.during(func() {
			if !b.isOver {
				text += b.trace()
			}
		})
	}
	return text
}
