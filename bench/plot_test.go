package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPlot(t *testing.T) {
	r := resultOf(rtt, found(map[string]float64{extrun: 100, bun: 50, golang: 0.001}))
	r.title = `a < b & "c"`
	alone := resultOf(rtt, found(map[string]float64{extrun: 100}))
	count := elements(t, plot([]result{r, alone}))
	legend := len(subjects)
	if got := count["circle"] - legend; got != 3 {
		t.Errorf("the plot has %d dots beside the legend, want 3", got)
	}
	const powersOfTwo, caption = 11, 1
	if got := count["text"] - legend - powersOfTwo - caption; got != 1 {
		t.Errorf("the plot has %d lines, want 1: what has no peer can't be compared", got)
	}
}

// elements counts the elements of a document, which must be well-formed.
func elements(t *testing.T, document string) map[string]int {
	t.Helper()
	count := make(map[string]int)
	decoder := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return count
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		if element, ok := token.(xml.StartElement); ok {
			count[element.Name.Local]++
		}
	}
}

func TestPosition(t *testing.T) {
	for times, want := range map[float64]float64{0.0001: plotLeft, slowest: plotLeft, 1: (plotLeft + plotRight) / 2, fastest: plotRight, 1e9: plotRight} {
		if got := position(times); got != want {
			t.Errorf("%v times the best stands at %v, want %v", times, got, want)
		}
	}
}
