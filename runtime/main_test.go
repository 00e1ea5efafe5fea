package runtime_test

import (
	"testing"

	"github.com/srcnexus/extrun/internal/leaktest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }
