package lazyregexp_test

import (
	"testing"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

func TestNew(t *testing.T) {
	letters := lazyregexp.New(`^[a-z]+$`)
	if !letters().MatchString("abc") || letters().MatchString("a1") {
		t.Error("the expression matches something else")
	}
	if first, second := letters(), letters(); first != second {
		t.Error("the expression was compiled twice")
	}
}
