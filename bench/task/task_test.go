package task

import (
	"net/url"
	"testing"
)

func TestTaskInAFolder(t *testing.T) {
	dir := t.TempDir()
	want := Task{Program: "echo", URL: "ws://127.0.0.1:1/flood?n=1&size=2", Count: 3, InFlight: 4, Kind: NonASCII, Size: 5, Stay: true, Members: 6}
	if err := want.Write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if err != nil || got != want {
		t.Errorf("it was read back as %+v, %v", got, err)
	}
}

func TestPayload(t *testing.T) {
	for _, kind := range []Kind{ASCII, NonASCII, Binary} {
		if got := len(Task{Kind: kind, Size: 64}.Payload()); got != 64 {
			t.Errorf("a payload of 64 bytes of %s has %d", kind, got)
		}
	}
}

func TestDrillInAQuery(t *testing.T) {
	want := Drill{Members: 4, Milliseconds: 1, Busy: 2, InFlight: 3}
	query, err := url.ParseQuery(want.Query())
	if got := ParseDrill(query); err != nil || got != want {
		t.Errorf("it was read back as %+v, %v", got, err)
	}
}
