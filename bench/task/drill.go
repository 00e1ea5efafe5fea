package task

import (
	"net/url"
	"strconv"
)

// A Drill is what the members do together. It is asked for by the query of
// /drill, each field under its name in JSON.
type Drill struct {
	// Members is how many there must be. The drill waits for them, and takes those
	// it has after ten seconds.
	Members int `json:"members"`

	// Milliseconds is how long it takes.
	Milliseconds int `json:"milliseconds"`

	// Busy is how many members are told not to answer for its length. The text
	// that tells them is "busy" and the time in milliseconds.
	Busy int `json:"busy"`

	// InFlight is how many messages are under way with each member all the time.
	// With 0, each is sent one message every 20 ms, and the time to its answer is
	// measured instead.
	InFlight int `json:"inFlight"`
}

// A Report is what a drill has found. The times are in microseconds.
type Report struct {
	Members  int     `json:"members"`  // that took part and were not busy
	Messages int64   `json:"messages"` // that came back
	Seconds  float64 `json:"seconds"`
	Median   float64 `json:"median"`
	P99      float64 `json:"p99"`
	Max      float64 `json:"max"`
}

// ParseDrill reads a drill back from the query of a URL.
func ParseDrill(query url.Values) Drill {
	number := func(name string) int {
		n, _ := strconv.Atoi(query.Get(name))
		return n
	}
	return Drill{number("members"), number("milliseconds"), number("busy"), number("inFlight")}
}

// Query is the drill as the query of its URL.
func (d Drill) Query() string {
	return url.Values{
		"members":      {strconv.Itoa(d.Members)},
		"milliseconds": {strconv.Itoa(d.Milliseconds)},
		"busy":         {strconv.Itoa(d.Busy)},
		"inFlight":     {strconv.Itoa(d.InFlight)},
	}.Encode()
}
