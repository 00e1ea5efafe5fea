package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	r := resultOf(rtt, found(map[string]float64{extrun: 100, bun: 50}))
	got := table([]result{r}, true)
	want := strings.Join([]string{
		"| what | unit | extrun | Node | Deno | Bun | Go | ratio | must | aim |",
		"| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
		"| rtt | messages/s | 1,000 | – | – | 2,000 | – | 0.50 | ≥ 0.9 ✗ | ≥ 1.0 ✗ |",
		"",
	}, "\n")
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
}

func TestDigits(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0.00", 0.123: "0.12", 9.994: "9.99", 12.34: "12.3", 123.4: "123", 999.6: "1,000",
		1234: "1,230", 123456: "123,000", 1234567: "1,230,000", -1234: "-1,230",
	} {
		if got := digits(value); got != want {
			t.Errorf("digits(%v) = %s, want %s", value, got, want)
		}
	}
}
