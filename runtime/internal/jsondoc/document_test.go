package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/internal/jsondoc"
)

func TestParse(t *testing.T) {
	v, err := jsondoc.Parse([]byte("\ufeff {\n \"a\" : [1, true, null, -2.5e3, \"\\u00e9\\\"\"], \"b\": {\"é😀\": {}, \"a\": 7}, \"a\": []} "))
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	look(v, &seen)
	want := `a number 1, a boolean true, null null, a number -2.5e3, a string "\u00e9\"", an object {}, a number 7, an array []`
	if got := strings.Join(seen, ", "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if text := v.Members[0].Value.Items[4].Text; text != `é"` {
		t.Errorf("the text is %q", text)
	}
	b, several := v.Member("b")
	if several || string(b.Raw()) != `{"é😀": {}, "a": 7}` {
		t.Errorf("b is %s", b.Raw())
	}
	inner, _ := b.Member("a")
	if line, column := inner.Place(); line != 2 || column != 67 {
		t.Errorf("b.a is at %d:%d", line, column)
	}
	if last, several := v.Member("a"); !several || last.Kind != jsondoc.Array || len(last.Items) != 0 {
		t.Errorf("a is %v, %v", last, several)
	}
	if none, several := v.Member("A"); none != nil || several || v.Similar("A") != "a" || v.Similar("a") != "" {
		t.Error("A is found")
	}
}

// look lists the values that have no others in them, as their kind and what was
// written.
func look(v *jsondoc.Value, seen *[]string) {
	if len(v.Items)+len(v.Members) == 0 {
		*seen = append(*seen, v.Kind.String()+" "+string(v.Raw()))
	}
	for _, item := range v.Items {
		look(item, seen)
	}
	for _, member := range v.Members {
		look(member.Value, seen)
	}
}

func TestDepth(t *testing.T) {
	deep := strings.Repeat("[", jsondoc.MaxDepth) + strings.Repeat("]", jsondoc.MaxDepth)
	if _, err := jsondoc.Parse([]byte(deep)); err != nil {
		t.Error(err)
	}
	if _, err := jsondoc.Parse([]byte("[" + deep + "]")); err == nil {
		t.Error("one level more is read")
	}
	if _, err := jsondoc.Parse([]byte(`"` + strings.Repeat("[", 1000) + `\"["`)); err != nil {
		t.Error(err)
	}
}

// FuzzParse compares with encoding/json, which is right about what JSON is, but
// for the depth and for bytes that aren't UTF-8.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a": [1, {"b": null}], "a": "\ud800"}`, "[1,]", `{"a" 1}`, `"`, "[[]", "nul", "-", "1 2", "\ufeff{}", "1e999", `{"a":,}`, "[\"\\u12\"]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := jsondoc.Parse(text)
		if err != nil {
			wrong, ok := err.(*jsondoc.SyntaxError)
			if !ok || wrong.Line < 1 || wrong.Column < 1 || wrong.Reason == "" || v != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if json.Valid(text) && !strings.Contains(wrong.Reason, "UTF-8") && !strings.Contains(wrong.Reason, "levels") {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		want, err := decode(bytes.TrimPrefix(text, []byte("\ufeff")))
		if err != nil {
			t.Fatalf("%q was read: %v", text, err)
		}
		if got, err := decode(v.Raw()); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q became %q", text, v.Raw())
		}
	})
}

func decode(text []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}
