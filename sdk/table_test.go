package sdk_test

import "testing"

// TestManyCalls has more calls wait than are looked through one by one.
func TestManyCalls(t *testing.T) {
	h := newHost(t)
	h.run(`const got = []; for (let i = 1; i <= 40; i++) editor.host.call("m").then((r) => got.push(r === i))`,
		`for (let id = 40; id > 20; id--) answer(id, String(id))`,
		`for (let i = 41; i <= 60; i++) editor.host.call("m").then((r) => got.push(r === i))`,
		`for (let id = 1; id <= 60; id++) answer(id, String(id))`,
		`say(got.length, got.every(Boolean))`)
	h.sees("60 true")
}
