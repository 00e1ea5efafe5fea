package sdk

import "sync"

// A spending counts the bytes of the sources that were read. A file counts once,
// however often it is read: one that can't be loaded may be tried again and
// again. Any goroutine may use it.
type spending struct {
	mu    sync.Mutex
	total int64
	files map[string]int64
}

// take counts a file, unless that makes more than limit together.
func (s *spending) take(file string, size, limit int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	more := max(0, size-s.files[file])
	if more > limit-s.total {
		return false
	}
	if s.files == nil {
		s.files = make(map[string]int64)
	}
	s.files[file] += more
	s.total += more
	return true
}

func (s *spending) sum() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}
