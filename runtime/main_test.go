package runtime_test

import (
	"os"
	"testing"

	"github.com/srcnexus/extrun/internal/leaktest"
)

// TestMain looks for goroutines that were left behind, but not in the child
// processes of TestContainment, some of which can't be without.
func TestMain(m *testing.M) {
	if _, attacked := os.LookupEnv(attackVariable); attacked {
		os.Exit(m.Run())
	}
	leaktest.Main(m)
}
