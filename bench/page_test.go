package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPageReplacesItself(t *testing.T) {
	root := t.TempDir()
	readme := filepath.Join(root, "bench", "README.md")
	if err := os.Mkdir(filepath.Dir(readme), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(readme, []byte("before\n"+beginMark+"\nold\n"+endMark+"\nafter\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := page{intro: "A machine.", notes: []string{"Bun is\nmissing"}}
	for range 2 {
		if err := p.write(root); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if !strings.HasPrefix(got, "before\n"+beginMark) || !strings.HasSuffix(got, endMark+"\nafter\n") {
		t.Errorf("what stands around the marks has changed:\n%s", got)
	}
	if strings.Contains(got, "old") || strings.Count(got, "A machine.") != 1 || !strings.Contains(got, "- Bun is missing\n") {
		t.Errorf("the page is\n%s", got)
	}
}

func TestPageNeedsItsMarks(t *testing.T) {
	if _, err := replaceBetween([]byte("no marks"), ""); err == nil {
		t.Error("a README without the marks was written")
	}
	if text, err := os.ReadFile("README.md"); err != nil {
		t.Error(err)
	} else if _, err := replaceBetween(text, ""); err != nil {
		t.Error(err)
	}
}
