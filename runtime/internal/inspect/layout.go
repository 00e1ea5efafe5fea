package inspect

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// layout puts the items of an object between its braces: on one line if they
// are short and few levels deep, else one a line; long lists in columns.
func (p *printer) layout(s *shape, items []string, level int) string {
	head := s.open
	if s.base != "" {
		head = s.base + " " + s.open
	}
	count := len(items)
	if s.list && count > 6 {
		items = p.columns(s, items)
	}
	if p.deepest-level < maxNested && count == len(items) && p.fits(s, items) {
		if line := strings.Join(items, ", "); !strings.Contains(line, "\n") {
			return strings.TrimRight(head+" "+line, " ") + " " + s.end
		}
	}
	newline := "\n" + strings.Repeat(" ", p.indent)
	return head + newline + "  " + strings.Join(items, ","+newline+"  ") + newline + s.end
}

// fits reports whether the items may share a line.
func (p *printer) fits(s *shape, items []string) bool {
	total := 2*len(items) + p.indent + len(s.open) + len(s.base) + 10
	if total+len(items) > p.width {
		return false
	}
	for _, item := range items {
		if total += utf8.RuneCountInString(item); total > p.width {
			return false
		}
	}
	return !strings.Contains(s.base, "\n")
}

// columns sets the elements of a list as a table, if they are alike enough.
func (p *printer) columns(s *shape, items []string) []string {
	elements := items
	if s.cut {
		elements = items[:len(items)-1] // "... n more items" has a line of its own
	}
	widths := make([]int, len(elements))
	total, widest := 0, 0
	for i, item := range elements {
		widths[i] = columnsOf(item)
		total += widths[i] + 2
		widest = max(widest, widths[i])
	}
	room := widest + 2
	if room*3+p.indent >= p.width || float64(total)/float64(room) <= 5 && widest > 6 {
		return items
	}
	n := p.columnCount(room, total, len(elements), len(items))
	if n <= 1 {
		return items
	}
	rows := tabulate(elements, widths, n, s.numeric)
	return append(rows, items[len(elements):]...)
}

// columnCount chooses a number of columns that makes the table about square, a
// little wider if the elements are short.
func (p *printer) columnCount(room, total, elements, items int) int {
	bias := math.Sqrt(float64(room) - float64(total)/float64(items))
	biased := max(float64(room)-3-bias, 1)
	square := math.Round(math.Sqrt(2.5*biased*float64(elements)) / biased)
	return min(int(square), (p.width-p.indent)/room, maxNested*4, maxColumns)
}

// tabulate joins the elements to rows of n, numbers aligned right.
func tabulate(elements []string, widths []int, n int, right bool) []string {
	column := make([]int, n)
	for i, w := range widths {
		column[i%n] = max(column[i%n], w+2)
	}
	var rows []string
	for start := 0; start < len(elements); start += n {
		end := min(start+n, len(elements))
		var row strings.Builder
		for i := start; i < end; i++ {
			last := i == end-1
			item, pad := elements[i], column[i-start]-widths[i]-2
			if !last {
				item += ", "
			}
			switch {
			case right:
				row.WriteString(strings.Repeat(" ", pad) + item)
			case last:
				row.WriteString(item)
			default:
				row.WriteString(item + strings.Repeat(" ", pad))
			}
		}
		rows = append(rows, row.String())
	}
	return rows
}

// wide are the ranges of what takes two columns of a terminal: East Asian
// scripts, fullwidth forms and emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1},
		{Lo: 0x2e80, Hi: 0x303e, Stride: 1},
		{Lo: 0x3041, Hi: 0xa4cf, Stride: 1},
		{Lo: 0xa960, Hi: 0xa97c, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1},
		{Lo: 0xf900, Hi: 0xfaff, Stride: 1},
		{Lo: 0xfe30, Hi: 0xfe6b, Stride: 1},
		{Lo: 0xff01, Hi: 0xff60, Stride: 1},
		{Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1b000, Hi: 0x1b001, Stride: 1},
		{Lo: 0x1f200, Hi: 0x1f251, Stride: 1},
		{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1},
		{Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1},
		{Lo: 0x1f900, Hi: 0x1f9ff, Stride: 1},
		{Lo: 0x20000, Hi: 0x3fffd, Stride: 1},
	},
}

// columnsOf is how many columns of a terminal s takes.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < 0x7f:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.Is(wide, r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// numeric reports whether v is set right in a column.
func numeric(v goja.Value) bool {
	return goja.IsNumber(v) || goja.IsBigInt(v)
}
