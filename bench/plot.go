package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The measures of the plot, in pixels.
const (
	plotWidth  = 900
	plotLeft   = 330 // where the scale begins
	plotRight  = 870
	plotTop    = 64
	lineHeight = 24
	dotRadius  = 5
)

// The ends of the scale, in times the best peer.
const (
	slowest = 1.0 / 32
	fastest = 32.0
)

// colours tell the subjects apart, also for most who are colour-blind.
var colours = map[string]string{extrun: "#d55e00", node: "#009e73", deno: "#555555", bun: "#0072b2", golang: "#cc79a7"}

// plot draws a line for each result, with a dot for each subject: to the right
// of the middle it does better than the best peer, to the left worse.
func plot(results []result) string {
	var lines []result
	for _, r := range results {
		if r.hasRatio {
			lines = append(lines, r)
		}
	}
	bottom := plotTop + lineHeight*len(lines)
	height := bottom + 30
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, height)
	legend(&b)
	scale(&b, bottom)
	label(&b, position(1), float64(bottom+18), "middle", "← worse than the best of Node, Deno and Bun · better →")
	for i, r := range lines {
		drawLine(&b, r, plotTop+lineHeight*i+lineHeight/2)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// legend names the colours.
func legend(b *strings.Builder) {
	for i, name := range subjects {
		x := plotLeft + 90*i
		dot(b, float64(x), 16, name)
		label(b, float64(x+10), 20, "start", name)
	}
}

// scale draws the lines that go down, one for each power of two.
func scale(b *strings.Builder, bottom int) {
	for times := slowest; times <= fastest; times *= 2 {
		colour := "#dddddd"
		if times == 1 {
			colour = "#000000"
		}
		fmt.Fprintf(b, `<path d="M%.1f %d V%d" stroke="%s"/>`+"\n", position(times), plotTop-12, bottom, colour)
		label(b, position(times), plotTop-18, "middle", timesText(times))
	}
}

func timesText(times float64) string {
	if times < 1 {
		return fmt.Sprintf("1/%.0f", 1/times)
	}
	return fmt.Sprintf("%.0f×", times)
}

// drawLine draws a result, extrun above the others.
func drawLine(b *strings.Builder, r result, y int) {
	label(b, plotLeft-16, float64(y+4), "end", r.title)
	for i := len(subjects) - 1; i >= 0; i-- {
		if speed, known := r.speed(subjects[i]); known {
			dot(b, position(speed), float64(y), subjects[i])
		}
	}
}

func dot(b *strings.Builder, x, y float64, subject string) {
	fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="%d" fill="%s" fill-opacity="0.85"><title>%s</title></circle>`+"\n", x, y, dotRadius, colours[subject], subject)
}

func label(b *strings.Builder, x, y float64, anchor, text string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, html.EscapeString(text))
}

// position is where a multiple of the best peer stands; what is off the scale
// stands at its end.
func position(times float64) float64 {
	times = min(max(times, slowest), fastest)
	share := math.Log(times/slowest) / math.Log(fastest/slowest)
	return plotLeft + share*(plotRight-plotLeft)
}
