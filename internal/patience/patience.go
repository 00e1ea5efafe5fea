// Package patience bounds how long work is waited for that can't be
// interrupted, such as parsing.
//
// It keeps no state. Work that takes longer is left behind: it goes on, on a
// goroutine of its own, until it ends by itself.
package patience

import (
	"errors"
	"time"
)

// ErrOver says that the work did not end in time.
var ErrOver = errors.New("takes too long")

// An outcome is how work ended.
type outcome[T any] struct {
	value T
	err   error
	panic any
}

// Wait runs work on another goroutine and returns what it returns, or ErrOver
// once it has taken longer than limit. If work panics in time, so does Wait. Any
// goroutine may call it.
func Wait[T any](limit time.Duration, work func() (T, error)) (T, error) {
	done := make(chan outcome[T], 1)
	go func() {
		var o outcome[T]
		defer func() {
			o.panic = recover()
			done <- o
		}()
		o.value, o.err = work()
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case o := <-done:
		if o.panic != nil {
			panic(o.panic)
		}
		return o.value, o.err
	case <-timer.C:
		var none T
		return none, ErrOver
	}
}
