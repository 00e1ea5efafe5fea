package main

import (
	"fmt"
	"math"
	"strings"
)

// table is the results as a table in Markdown, with the goals where there are
// any.
func table(results []result, goals bool) string {
	var b strings.Builder
	header := append([]string{"what", "unit"}, subjects...)
	header = append(header, "ratio")
	if goals {
		header = append(header, "must", "aim")
	}
	line(&b, header)
	line(&b, strings.Split("---,---"+strings.Repeat(",---:", len(header)-2), ","))
	for _, r := range results {
		line(&b, r.cells()[:len(header)])
	}
	return b.String()
}

func line(b *strings.Builder, cells []string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

func (r result) cells() []string {
	cells := []string{r.title, r.unit}
	for _, name := range subjects {
		cell := "–"
		if value, known := r.values[name]; known {
			cell = digits(value)
		}
		cells = append(cells, cell)
	}
	ratio := ""
	if r.hasRatio {
		ratio = fmt.Sprintf("%.2f", r.ratio)
	}
	return append(cells, ratio, r.must.mark(r), r.aim.mark(r))
}

// digits writes three significant digits, and whole numbers with commas.
func digits(value float64) string {
	size := math.Abs(value)
	switch {
	case size < 10:
		return fmt.Sprintf("%.2f", value)
	case size < 100:
		return fmt.Sprintf("%.1f", value)
	}
	if size >= 1000 {
		unit := math.Pow(10, math.Floor(math.Log10(size))-2)
		value = math.Round(value/unit) * unit
	}
	return commas(fmt.Sprintf("%.0f", value))
}

func commas(whole string) string {
	sign := strings.TrimRight(whole, "0123456789")
	whole = whole[len(sign):]
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return sign + whole
}
