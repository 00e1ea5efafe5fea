package e2e

import "slices"

// sends judges how the promises of send() are settled.
func (j *judge) sends() {
	outcomes, waiting := map[int]string{}, map[int]int{}
	clean := !j.lost && !j.cut && j.plan.end == "serves"
	for _, n := range j.notes {
		if n.what == "sent" {
			outcomes[n.n] = n.code
		}
	}
	for at, n := range j.notes {
		code, settled := outcomes[n.n]
		switch {
		case n.what == "invalid" && n.code != "ERR_INVALID_DATA" && !(j.plan.published && n.code == "ERR_CLOSED"):
			j.wrong("an invalid send was refused with %q", n.code)
		case n.what == "sent":
			delete(waiting, n.n)
		case n.what == "send" && settled:
			j.send(n, code, at, clean, waiting)
			waiting[n.n] = max(16, len(sent(n.n, n.kind, n.size).data))
		case n.what == "send":
			waiting[n.n] = max(16, len(sent(n.n, n.kind, n.size).data))
			if !j.lost && at < j.last { // What it does when it is over may end with its extension.
				j.wrong("send %d was never settled", n.n)
			}
		}
	}
}

// send judges one of them, before which others were waiting.
func (j *judge) send(n note, code string, at int, clean bool, waiting map[int]int) {
	late := j.closed >= 0 && at > j.closed || j.closing >= 0 && at > j.closing
	total := max(16, len(sent(n.n, n.kind, n.size).data))
	for _, size := range waiting {
		total += size
	}
	switch {
	case late && code == "ERR_CLOSED":
	case code == "ERR_BUFFER_FULL" && total > j.outgoing && !late:
	case code == "" && !late:
	case code == "ERR_CLOSED" && !clean:
	case code == "ERR_ABORTED" && j.lost:
	default:
		j.wrong("send %d is settled with %q (%d bytes with those that wait, late %v)", n.n, code, total, late)
	}
}

// amounts judges the values of bufferedAmount.
func (j *judge) amounts() {
	for at, n := range j.notes {
		if n.what == "amount" && (n.n < 0 || n.n > j.outgoing || j.closed >= 0 && at > j.closed && n.n != 0) {
			j.wrong("bufferedAmount is %d in note %d", n.n, at)
		}
	}
}

func isSubsequence[T comparable](part, whole []T) bool {
	for _, one := range part {
		i := slices.Index(whole, one)
		if i < 0 {
			return false
		}
		whole = whole[i+1:]
	}
	return true
}
