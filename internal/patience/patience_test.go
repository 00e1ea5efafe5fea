package patience_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/internal/patience"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

func TestWait(t *testing.T) {
	fault := errors.New("a fault")
	got, err := patience.Wait(time.Minute, func() (int, error) { return 1, fault })
	if got != 1 || err != fault {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWaitIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		start := time.Now()
		got, err := patience.Wait(time.Minute, func() (int, error) { <-release; return 1, nil })
		if got != 0 || err != patience.ErrOver || time.Since(start) != time.Minute {
			t.Errorf("got %v, %v after %v", got, err, time.Since(start))
		}
		close(release)
	})
}

func TestWaitPanics(t *testing.T) {
	defer func() {
		if got := recover(); got != "x" {
			t.Errorf("recovered %v", got)
		}
	}()
	patience.Wait(time.Minute, func() (int, error) { panic("x") })
}
