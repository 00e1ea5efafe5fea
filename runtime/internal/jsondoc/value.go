package jsondoc

import (
	"encoding/json"
	"strings"
)

// A Kind is one of JSON's six.
type Kind int

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String is the kind as it stands in a sentence.
func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "an array", "an object"}[k]
}

// A Value is one value of a document.
type Value struct {
	Kind    Kind
	Text    string   // of a String
	Items   []*Value // of an Array
	Members []Member // of an Object, in their order

	document   []byte
	start, end int
}

// A Member is a name and its value.
type Member struct {
	Name  string
	Value *Value
}

// Place is the line and column at which the value begins. Both count from one,
// the column in UTF-16 units.
func (v *Value) Place() (line, column int) { return place(v.document, v.start) }

// Raw is the value as it was written.
func (v *Value) Raw() json.RawMessage { return json.RawMessage(v.document[v.start:v.end]) }

// Member is the value of the last member with a name, or nil, and whether
// several have that name.
func (v *Value) Member(name string) (value *Value, several bool) {
	for _, member := range v.Members {
		if member.Name == name {
			several = value != nil
			value = member.Value
		}
	}
	return value, several
}

// Similar is the name of a member that differs from a name in case only, or "".
func (v *Value) Similar(name string) string {
	for _, member := range v.Members {
		if member.Name != name && strings.EqualFold(member.Name, name) {
			return member.Name
		}
	}
	return ""
}

// A reader makes values of a text that is known to be JSON and not too deep.
type reader struct {
	text   []byte
	tokens *json.Decoder
	start  int // of the token that was read last
}

// token reads the next token. It can't fail, since the text is valid.
func (r *reader) token() json.Token {
	r.start = int(r.tokens.InputOffset())
	for r.start < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[r.start]) >= 0 {
		r.start++
	}
	token, _ := r.tokens.Token()
	return token
}

func (r *reader) value(token json.Token) *Value {
	v := &Value{document: r.text, start: r.start}
	switch token := token.(type) {
	case bool:
		v.Kind = Bool
	case json.Number:
		v.Kind = Number
	case string:
		v.Kind, v.Text = String, token
	case json.Delim:
		r.content(v, token)
	}
	v.end = int(r.tokens.InputOffset())
	return v
}

// content reads what is inside brackets, and the closing one.
func (r *reader) content(v *Value, opening json.Delim) {
	v.Kind = Object
	if opening == '[' {
		v.Kind = Array
	}
	for r.tokens.More() {
		if v.Kind == Array {
			v.Items = append(v.Items, r.value(r.token()))
			continue
		}
		name, _ := r.token().(string)
		v.Members = append(v.Members, Member{name, r.value(r.token())})
	}
	r.token()
}
