package runtime

import (
	"sync"
	"sync/atomic"
	"time"
)

// A task is what a loop runs.
type task interface{ run() }

// A taskFunc is a function as a task.
type taskFunc func()

func (f taskFunc) run() { f() }

// A loop is the event loop of one extension: a queue that any goroutine may
// add to, and timers that only the loop's own goroutine sees. Its tasks run one
// after the other, in the order in which they were posted; timers that are due
// run between two batches of tasks.
type loop struct {
	timers timers        // the loop's goroutine only
	wake   chan struct{} // holds a token when there may be something to do

	mu     sync.Mutex
	queue  []task
	spare  []task // the backing array of the batch before
	closed bool
	idle   chan struct{} // closed while there is nothing to wait for
	isIdle bool

	batch  atomic.Int64           // tasks of the batch that have not begun
	urgent atomic.Pointer[func()] // runs before what is queued
	ended  atomic.Bool            // closed, for a look without the lock
}

func newLoop() *loop {
	return &loop{wake: make(chan struct{}, 1), idle: make(chan struct{})}
}

// post queues a task from any goroutine and reports whether the loop will still
// run it. It never blocks; whoever posts bounds how much may wait.
func (l *loop) post(task func()) bool { return l.add(taskFunc(task)) }

// add is post for a task that is no function.
func (l *loop) add(t task) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.queue = append(l.queue, t)
	l.busy()
	return true
}

// postUrgent has a task run before all that is queued, from any goroutine. There
// can be one.
func (l *loop) postUrgent(task func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.urgent.Store(&task)
		l.busy()
	}
}

// busy ends the loop's idleness, for there is something to do. The caller holds
// mu.
func (l *loop) busy() {
	if l.isIdle {
		l.isIdle, l.idle = false, make(chan struct{})
	}
	l.rouse()
}

// run executes tasks and timers on the calling goroutine until the loop is
// closed. Before it waits it asks quiet whether anything outside can still lead
// to a task; if not, the loop counts as idle.
func (l *loop) run(quiet func() bool) {
	clock := time.NewTimer(time.Hour)
	defer clock.Stop()
	for {
		batch, open := l.take()
		if !open {
			return
		}
		l.runUrgent()
		for i, task := range batch {
			batch[i] = nil
			l.batch.Store(int64(len(batch) - i - 1))
			if !l.ended.Load() {
				task.run()
			}
			l.runUrgent()
		}
		l.timers.runDue(time.Now(), &l.ended)
		if len(batch) == 0 && l.wait(clock, quiet) {
			l.settle()
		}
	}
}

func (l *loop) runUrgent() {
	if l.urgent.Load() == nil {
		return
	}
	if task := l.urgent.Swap(nil); !l.ended.Load() {
		(*task)()
	}
}

// take removes what is queued. The batch is valid until the next take.
func (l *loop) take() (batch []task, open bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, false
	}
	batch, l.queue = l.queue, l.spare[:0]
	l.spare = batch
	return batch, true
}

// wait blocks until a task is posted or a timer is due. It returns true,
// without having waited, when the loop has just become quiet.
func (l *loop) wait(clock *time.Timer, quiet func() bool) (becameQuiet bool) {
	if l.timers.idle() && !l.settled() && quiet() {
		return true
	}
	due, waiting := l.timers.next()
	if !waiting {
		<-l.wake
		return false
	}
	clock.Reset(time.Until(due))
	select {
	case <-l.wake:
	case <-clock.C:
	}
	return false
}

// settle marks the loop idle unless a task has arrived in the meantime.
func (l *loop) settle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 && l.urgent.Load() == nil && !l.closed && !l.isIdle {
		l.isIdle = true
		close(l.idle)
	}
}

func (l *loop) settled() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.isIdle
}

// whenIdle returns a channel that is closed if and when the loop is idle. A
// task that is posted later makes the next channel a new one.
func (l *loop) whenIdle() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.idle
}

// close makes run return after the task that is running. What is still queued
// is dropped, and nothing more is accepted. Any goroutine may call it, more
// than once.
func (l *loop) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended.Store(true)
	l.closed, l.queue = true, nil
	if !l.isIdle {
		l.isIdle = true
		close(l.idle)
	}
	l.rouse()
}

// waiting is how many tasks have not begun, as seen from any goroutine.
func (l *loop) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return 0
	}
	return len(l.queue) + int(l.batch.Load())
}

// rouse wakes run up. The caller holds mu.
func (l *loop) rouse() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
