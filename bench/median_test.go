package main

import "testing"

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
		known  bool
	}{
		{nil, 0, false},
		{[]float64{3}, 3, true},
		{[]float64{9, 1, 2}, 2, true},
		{[]float64{4, 1, 2, 9}, 3, true},
	} {
		if got, known := median(test.values); got != test.want || known != test.known {
			t.Errorf("median(%v) = %v, %v, want %v, %v", test.values, got, known, test.want, test.known)
		}
	}
}

func TestBest(t *testing.T) {
	values := []float64{2, 9, 1}
	if got, _ := best(values, true); got != 9 {
		t.Errorf("the highest of %v is %v", values, got)
	}
	if got, _ := best(values, false); got != 1 {
		t.Errorf("the lowest of %v is %v", values, got)
	}
	if _, known := best(nil, true); known {
		t.Error("there is a best of nothing")
	}
}
