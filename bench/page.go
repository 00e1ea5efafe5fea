package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The results stand between these lines of bench/README.md.
const (
	beginMark = "<!-- peers: written by go run ./bench -->"
	endMark   = "<!-- /peers -->"
	plotFile  = "peers.svg"
)

// A page is what a session has found, for readers.
type page struct {
	intro   string
	results []result
	costs   []result
	notes   []string
}

func newPage(y *yard, s settings, found findings) page {
	p := page{intro: intro(y, s), notes: slices.Clone(y.missing)}
	for _, r := range rows() {
		p.results = appendMeasured(p.results, resultOf(r, found))
	}
	for _, r := range costRows() {
		p.costs = appendMeasured(p.costs, resultOf(r, found))
	}
	failed := slices.SortedFunc(maps.Keys(found.failures), func(a, b key) int {
		return strings.Compare(a.workload+a.subject, b.workload+b.subject)
	})
	for _, k := range failed {
		p.notes = append(p.notes, fmt.Sprintf("%s on %s: %s", k.workload, k.subject, found.failures[k]))
	}
	return p
}

// appendMeasured leaves out what was not run.
func appendMeasured(list []result, r result) []result {
	if len(r.values) == 0 {
		return list
	}
	return append(list, r)
}

func intro(y *yard, s settings) string {
	versions := make([]string, 0, len(y.subjects))
	for _, subject := range y.subjects {
		versions = append(versions, subject.name+" "+strings.TrimPrefix(subject.version, "v"))
	}
	return fmt.Sprintf("%s. %s. Medians of %d rounds, start of %d, crowds of %d.",
		machine(), strings.Join(versions, ", "), s.rounds, often(s.rounds), few(s.rounds))
}

// markdown is the page without its plot.
func (p page) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s", p.intro, table(p.results, true))
	if len(p.costs) > 0 {
		fmt.Fprintf(&b, "\nCPU time of the client's whole process, user and system:\n\n%s", table(p.costs, false))
	}
	if len(p.notes) > 0 {
		fmt.Fprintf(&b, "\nNot measured:\n\n- %s\n", strings.Join(oneLine(p.notes), "\n- "))
	}
	return b.String()
}

// oneLine makes each note fit into a list.
func oneLine(notes []string) (lines []string) {
	for _, note := range notes {
		words := strings.Join(strings.Fields(note), " ")
		lines = append(lines, words[:min(len(words), 300)])
	}
	return lines
}

// write puts the page into bench/README.md and the plot beside it.
func (p page) write(root string) error {
	readme := filepath.Join(root, "bench", "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	body := fmt.Sprintf("![Each runtime against the best of Node, Deno and Bun](%s)\n\n%s", plotFile, p.markdown())
	text, err = replaceBetween(text, body)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "bench", plotFile), []byte(plot(p.results)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(readme, text, 0o644)
}

// replaceBetween replaces what stands between the marks.
func replaceBetween(text []byte, body string) ([]byte, error) {
	before, rest, begins := bytes.Cut(text, []byte(beginMark))
	_, after, ends := bytes.Cut(rest, []byte(endMark))
	if !begins || !ends {
		return nil, fmt.Errorf("bench/README.md must have the lines %s and %s, between which the results go", beginMark, endMark)
	}
	return slices.Concat(before, []byte(beginMark+"\n\n"+body+"\n"+endMark), after), nil
}
