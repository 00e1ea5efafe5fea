package runtime

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/sdk"
)

// TestCompileTime compiles what takes the engine longer than it has.
func TestCompileTime(t *testing.T) {
	bundled := &sdk.Bundled{Code: strings.Repeat("f(function () { return 1 });", 20_000)}
	_, err := compileBundle("x", bundled, time.Nanosecond)
	const want = "compiling takes longer than 1ns, which is the most that it may take: split the largest sources"
	if fault, ok := errors.AsType[*sdk.BuildError](err); !ok || fault.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := compileBundle("x", bundled, maxCompileTime); err != nil {
		t.Error(err)
	}
}
