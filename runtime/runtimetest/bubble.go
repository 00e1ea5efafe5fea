package runtimetest

import (
	"testing"
	"testing/synctest"
	"time"
)

// Bubble runs a test in fake time. The bundler keeps a goroutine for a quarter
// of a second after each build, so the bubble's time goes on for a second after
// the test.
func Bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(t)
		<-time.After(time.Second)
	})
}
