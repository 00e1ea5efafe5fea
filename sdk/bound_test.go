package sdk_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/sdk"
)

// TestMaxTime bundles what takes the bundler longer than it has.
func TestMaxTime(t *testing.T) {
	folder := lay(t, "-- main.js --\nexport {};"+strings.Repeat("var x;", 5_000))
	input := sdk.Input{Entry: filepath.Join(folder, "main.js"), MaxTime: time.Nanosecond}
	_, err := sdk.Bundle(input)
	const want = "bundling takes longer than 1ns, which is the most that it may take: split the largest sources, or bundle them beforehand"
	if got := first(t, err).String(); got != want {
		t.Errorf("got %s", got)
	}
	input.MaxTime = 0
	if _, err := sdk.Bundle(input); err != nil {
		t.Error(err)
	}
}

// TestIndentation nests what would be indented by more than it is long itself.
func TestIndentation(t *testing.T) {
	bundled, err := bundle(t, "-- main.js --\n"+strings.Repeat("{", 1500)+strings.Repeat("a;", 5_000)+strings.Repeat("}", 1500))
	if err != nil {
		t.Fatal(err)
	}
	if len(bundled.Code) > 1<<20 {
		t.Errorf("the code has %d bytes", len(bundled.Code))
	}
}

// TestMaxCode has a source that is many times as long once it is rewritten.
func TestMaxCode(t *testing.T) {
	folder := lay(t, "")
	entry := filepath.Join(folder, strings.Repeat("long/", 100), "main.js")
	write(t, entry, "export {};"+strings.Repeat("f(__filename);", 140_000))
	_, err := sdk.Bundle(sdk.Input{Entry: entry, Root: folder, MaxTime: time.Hour})
	if got := first(t, err).String(); !strings.HasPrefix(got, "the bundle would have ") || !strings.HasSuffix(got, " bytes, and may have 67108864: leave out what isn't needed") {
		t.Errorf("got %s", got)
	}
}

// TestArrowsOfTypeScript nests arrows in the parameters of others, with types in
// between that are gone when the engine reads them, and doubles its work with each.
func TestArrowsOfTypeScript(t *testing.T) {
	_, err := bundle(t, "-- main.ts --\nx = "+strings.Repeat("(a = ", 40)+"1"+strings.Repeat("): any => 1", 40))
	if got := first(t, err).String(); got != "arrow functions nest too deeply in the parameters of others: split them" {
		t.Errorf("got %s", got)
	}
}

// TestManyMessages has many errors on one long line: the columns of the first of
// them are exact, those of the others count bytes.
func TestManyMessages(t *testing.T) {
	_, err := bundle(t, "-- main.js --\nconst x = '"+strings.Repeat("é", 33_000)+"'"+strings.Repeat(";const x=1", 200))
	fault, ok := errors.AsType[*sdk.BuildError](err)
	if !ok || len(fault.Messages) != 200 {
		t.Fatalf("got %v", err)
	}
	if first, last := fault.Messages[0].Column, fault.Messages[199].Column; first != 33_020 || last != 66_020+199*10 {
		t.Errorf("the columns are %d and %d", first, last)
	}
}
