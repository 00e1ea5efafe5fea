package guard

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"testing"

	"github.com/dop251/goja"
)

//go:embed testdata/surrogates.js
var surrogateProgram string

//go:embed testdata/surrogates.jsonl
var surrogateRows []byte

// TestSurrogatesMatchAsInNode compares what literals and RegExp make of
// surrogates with what Node.js shows.
func TestSurrogatesMatchAsInNode(t *testing.T) {
	vm := goja.New()
	Install(vm, Limits{})(AllLiterals)
	if _, err := vm.RunString(surrogateProgram); err != nil {
		t.Fatal(err)
	}
	const check = `(([source, flags, input, want], ...literals) =>
		[...literals, new RegExp(source, flags)].map((re) => look(re, input)).find((got) => got !== want) ?? "")`
	rows := bufio.NewScanner(bytes.NewReader(surrogateRows))
	rows.Buffer(nil, 1<<20)
	for rows.Scan() {
		var row [4]string
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		literal := "/" + row[0] + "/" + row[1]
		program, err := goja.Parse("", check+"("+rows.Text()+","+literal+","+CorrectLiterals(literal)+")")
		if err != nil {
			t.Fatalf("%s: %v", literal, err)
		}
		CorrectProgram(program)
		compiled, err := goja.CompileAST(program, false)
		if err != nil {
			t.Fatalf("%s: %v", literal, err)
		}
		if got, err := vm.RunProgram(compiled); err != nil || got.String() != "" {
			t.Errorf("%s of %q: got %v, %v\nwant %s", literal, row[2], got, err, row[3])
		}
	}
}
