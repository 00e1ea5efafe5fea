package main

// A row is one line of the tables: a quantity, of each subject.
type row struct {
	title  string
	unit   string
	higher bool // more is better
	value  func(f findings, subject string) (value float64, known bool)
	must   goal
	aim    goal
}

// A result is a row with its values, of those subjects that have one.
type result struct {
	row
	values   map[string]float64
	ratio    float64 // of extrun to the best peer
	hasRatio bool
}

// relative says that the values are ratios already, each subject's to itself.
func (r row) relative() bool { return r.unit == "×" }

var subjects = []string{extrun, node, deno, bun, golang}

// resultOf reads a row's values out of the findings.
func resultOf(r row, f findings) result {
	res := result{row: r, values: make(map[string]float64)}
	for _, name := range subjects {
		if value, known := r.value(f, name); known {
			res.values[name] = value
		}
	}
	top, known := res.best()
	if own, measured := res.values[extrun]; known && measured && top > 0 && !r.relative() {
		res.ratio, res.hasRatio = own/top, true
	}
	return res
}

// best is the value of the best peer.
func (r result) best() (float64, bool) {
	var values []float64
	for _, name := range peers {
		if value, known := r.values[name]; known {
			values = append(values, value)
		}
	}
	return best(values, r.higher)
}

// speed is how a subject does against the best peer: 1 is as well, 2 twice as
// well.
func (r result) speed(subject string) (float64, bool) {
	top, known := r.best()
	value, measured := r.values[subject]
	switch {
	case !known || !measured || top == 0 || value == 0:
		return 0, false
	case r.higher:
		return value / top, true
	}
	return top / value, true
}
