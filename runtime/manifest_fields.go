package runtime

import (
	"fmt"

	"github.com/srcnexus/extrun/runtime/internal/jsondoc"
)

// fields reads the fields of a manifest, and remembers the first that is wrong.
// After that it goes on without finding anything.
type fields struct{ wrong *ManifestError }

// An object is one of a manifest's, with its path, such as "contributes.". The
// zero object has no fields.
type object struct {
	path  string
	value *jsondoc.Value
}

// A check says what is wrong with a text, or nil.
type check func(text string) error

// refuse records what is wrong with the field at a path. value is nil where it
// is missing.
func (f *fields) refuse(path string, value *jsondoc.Value, reason string) {
	if f.wrong != nil {
		return
	}
	f.wrong = &ManifestError{Field: path, Reason: reason}
	if value != nil {
		f.wrong.Line, f.wrong.Column = value.Place()
	}
}

// root is the object that the whole document is.
func (f *fields) root(v *jsondoc.Value) object {
	if v.Kind != jsondoc.Object {
		f.refuse("", v, "must be an object, not "+v.Kind.String())
		return object{}
	}
	return object{value: v}
}

// find returns a field of a kind, or nil where it is absent or wrong.
func (f *fields) find(o object, name string, kind jsondoc.Kind) *jsondoc.Value {
	if o.value == nil {
		return nil
	}
	v, several := o.value.Member(name)
	if several {
		f.refuse(o.path+name, v, "stands here for the second time")
		return nil
	}
	if v == nil || v.Kind == jsondoc.Null {
		return nil
	}
	return f.expect(v, o.path+name, kind)
}

func (f *fields) expect(v *jsondoc.Value, path string, kind jsondoc.Kind) *jsondoc.Value {
	if v.Kind != kind {
		f.refuse(path, v, fmt.Sprintf("must be %s, not %s", kind, v.Kind))
		return nil
	}
	return v
}

// text is a field that may be absent, or empty, which is the same.
func (f *fields) text(o object, name string, checks ...check) string {
	v := f.find(o, name, jsondoc.String)
	if v == nil || v.Text == "" {
		return ""
	}
	for _, check := range checks {
		if err := check(v.Text); err != nil {
			f.refuse(o.path+name, v, err.Error())
			return ""
		}
	}
	return v.Text
}

// required is a field that must be there, with a text.
func (f *fields) required(o object, name string, checks ...check) string {
	text := f.text(o, name, checks...)
	if text != "" || o.value == nil {
		return text
	}
	if v, _ := o.value.Member(name); v == nil || v.Kind == jsondoc.Null {
		f.refuse(o.path+name, nil, "is missing"+o.misspelt(name))
	} else {
		f.refuse(o.path+name, v, "is empty")
	}
	return ""
}

// misspelt points to a field whose name differs in case only.
func (o object) misspelt(name string) string {
	if o.value == nil {
		return ""
	}
	if similar := o.value.Similar(name); similar != "" {
		return fmt.Sprintf("; there is %q, but upper and lower case differ", similar)
	}
	return ""
}

// object is a field that may be absent.
func (f *fields) object(o object, name string) object {
	return object{o.path + name + ".", f.find(o, name, jsondoc.Object)}
}

// list is an array's values of a kind, with the path of each.
func (f *fields) list(o object, name string, kind jsondoc.Kind) []object {
	array := f.find(o, name, jsondoc.Array)
	if array == nil {
		return nil
	}
	var items []object
	for i, v := range array.Items {
		path := fmt.Sprintf("%s%s[%d]", o.path, name, i)
		if v = f.expect(v, path, kind); v == nil {
			return nil
		}
		items = append(items, object{path + ".", v})
	}
	return items
}

// texts is an array of strings that may be absent.
func (f *fields) texts(o object, name string) []string {
	var texts []string
	for _, item := range f.list(o, name, jsondoc.String) {
		texts = append(texts, item.value.Text)
	}
	return texts
}

// contributions reads the lists that the platform knows.
func (f *fields) contributions(o object) Contributions {
	return Contributions{
		Commands:             contributed(f, o, "commands", f.command),
		CodeMirrorExtensions: contributed(f, o, "codemirrorExtensions", f.codeMirror),
		Themes:               contributed(f, o, "themes", f.theme),
	}
}

// contributed reads a list of objects that each have an id of their own.
func contributed[T any](f *fields, o object, name string, read func(o object, id string) T) []T {
	var all []T
	taken := make(map[string]int)
	for i, item := range f.list(o, name, jsondoc.Object) {
		id := f.required(item, "id", checkShown)
		if first, ok := taken[id]; ok && f.wrong == nil {
			v, _ := item.value.Member("id")
			f.refuse(item.path+"id", v, fmt.Sprintf("is %q, as that of %s%s[%d] is: give it another", id, o.path, name, first))
		}
		taken[id] = i
		all = append(all, read(item, id))
	}
	return all
}
