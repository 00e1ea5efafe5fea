package inspect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// These bound a table; a person doesn't read further.
const (
	maxRows  = 1_000
	maxHeads = 200
)

// A grid is a table under way. The first column is the index.
type grid struct {
	heads []string
	rows  [][]string
}

// Table shows what console.table(data, columns) prints, without the line end:
// a row for each element or property of data, a column for each of their
// properties, or for those named in columns if that is an array. Data that is no
// object shows as console.log shows it.
func Table(vm *goja.Runtime, data, columns goja.Value) string {
	o, ok := data.(*goja.Object)
	if !ok {
		return shown(vm, data, Options{})
	}
	p := newPrinter(vm, Options{})
	p.items, p.width = 3, 1<<30
	text := ""
	if !p.try(func() { text = p.table(o, columns).String() }) {
		return Value(vm, data, Options{})
	}
	return cut(text, maxOutput)
}

func (p *printer) table(o *goja.Object, columns goja.Value) *grid {
	if o = p.behindProxy(o); o == nil {
		return &grid{heads: []string{"(index)"}}
	}
	switch k := p.classify(o); k {
	case mapKind, setKind:
		if g := p.collectionTable(o, k); g != nil {
			return g
		}
	}
	return p.objectTable(o, p.columnNames(columns))
}

func (p *printer) collectionTable(o *goja.Object, k kind) *grid {
	name := "Set"
	heads := []string{"(iteration index)", "Values"}
	if k == mapKind {
		name = "Map"
		heads = []string{"(iteration index)", "Key", "Values"}
	}
	it, err := p.method(name, "entries")(o)
	if err != nil || !isObject(it) {
		return nil
	}
	g := &grid{heads: heads}
	for i, entry := range p.drain(it.(*goja.Object), maxRows) {
		row := []string{strconv.Itoa(i)}
		if k == mapKind {
			row = append(row, p.cell(entry[0]))
		}
		g.rows = append(g.rows, append(row, p.cell(entry[1])))
	}
	return g
}

// columnNames are the strings of an array, nil if it is none.
func (p *printer) columnNames(v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok || o.ExportType() == proxyType || o.ClassName() != "Array" {
		return nil
	}
	names := []string{}
	for i := range min(p.lengthOf(o), maxItems) {
		prop, _ := p.own(o, p.vm.ToValue(strconv.Itoa(i)))
		if prop.value != nil && !isObject(prop.value) {
			names = append(names, primitive(prop.value))
		}
	}
	return names
}

func (p *printer) objectTable(o *goja.Object, only []string) *grid {
	g := &grid{heads: append([]string{"(index)"}, only...)}
	var values []string // of the rows that are no objects
	for i, name := range p.names(o, maxRows) {
		g.rows = append(g.rows, []string{name})
		prop, _ := p.own(o, p.vm.ToValue(name))
		item, ok := prop.value.(*goja.Object)
		if ok {
			item = p.behindProxy(item)
		}
		switch {
		case item != nil:
			p.fill(g, i, item, only)
		case only == nil:
			values = append(values, make([]string, i+1-len(values))...)
			values[i] = p.cellOf(prop)
		}
	}
	if values != nil {
		g.add("Values", values)
	}
	return g
}

// names are the first names of the properties of o.
func (p *printer) names(o *goja.Object, limit int) []string {
	if p.spend(1) {
		return nil
	}
	switch k := p.classify(o); {
	case k == typedArray || k == boxed:
		return p.indexes(o, limit)
	case k == array && p.lengthOf(o) > limit:
		return p.indexes(o, limit)
	}
	names := o.Keys()
	p.spend(len(names) / 4)
	return names[:min(len(names), limit)]
}

// indexes are the names of the elements among the first limit of o.
func (p *printer) indexes(o *goja.Object, limit int) []string {
	var names []string
	for i := range limit {
		name := strconv.Itoa(i)
		if _, ok := p.own(o, p.vm.ToValue(name)); ok {
			names = append(names, name)
		}
	}
	return names
}

// fill sets the cells of a row to the properties of item.
func (p *printer) fill(g *grid, row int, item *goja.Object, only []string) {
	names := only
	if names == nil {
		names = p.names(item, maxItems)
	}
	for _, name := range names {
		prop, ok := p.own(item, p.vm.ToValue(name))
		if !ok {
			continue
		}
		column := slices.Index(g.heads[1:], name) + 1
		if column == 0 {
			if column = len(g.heads); column == maxHeads {
				break
			}
			g.heads = append(g.heads, name)
		}
		g.set(row, column, p.cellOf(prop))
	}
}

func (p *printer) cellOf(prop property) string {
	if prop.value == nil {
		return p.propertyValue(prop, 0)
	}
	return p.cell(prop.value)
}

// cell shows a value on one line: an object of more than two properties as no
// more than its class.
func (p *printer) cell(v goja.Value) string {
	p.depth = 0
	if o, ok := v.(*goja.Object); ok && o.ExportType() != proxyType && o.ClassName() != "Array" && len(p.names(o, maxItems)) > 2 {
		p.depth = -1
	}
	return p.value(v, 0)
}

func (g *grid) set(row, column int, text string) {
	for len(g.rows[row]) <= column {
		g.rows[row] = append(g.rows[row], "")
	}
	g.rows[row][column] = text
}

// add appends a column.
func (g *grid) add(head string, cells []string) {
	column := len(g.heads)
	g.heads = append(g.heads, head)
	for row, cell := range cells {
		g.set(row, column, cell)
	}
}

// String draws the table.
func (g *grid) String() string {
	widths := make([]int, len(g.heads))
	for _, row := range append(g.rows, g.heads) {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell)+2)
		}
	}
	lines := make([]string, len(widths))
	for i, w := range widths {
		lines[i] = strings.Repeat("─", w)
	}
	var b strings.Builder
	b.WriteString("┌" + strings.Join(lines, "┬") + "┐\n")
	writeRow(&b, g.heads, widths)
	b.WriteString("├" + strings.Join(lines, "┼") + "┤\n")
	for _, row := range g.rows {
		writeRow(&b, row, widths)
	}
	b.WriteString("└" + strings.Join(lines, "┴") + "┘")
	return b.String()
}

func writeRow(b *strings.Builder, row []string, widths []int) {
	for i, w := range widths {
		cell := ""
		if i < len(row) {
			cell = row[i]
		}
		b.WriteString("│ " + cell + strings.Repeat(" ", w-1-columnsOf(cell)))
	}
	b.WriteString("│\n")
}
