package rpc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// maxJSONDepth is how deep objects and arrays may be nested in JSON.
const maxJSONDepth = 5000

// EncodeJSON writes data as encoding/json does, but objects with their fields
// in order, and without escapes for HTML. Data that is nested deeper than 5,000
// levels is an error.
func EncodeJSON(data any) ([]byte, error) {
	w := newJSONWriter()
	if err := w.value(data, 0); err != nil {
		return nil, err
	}
	return w.text.Bytes(), nil
}

// A jsonWriter writes data in one pass. Left to
// encoding/json, each object would be checked and copied again by every object
// around it, which takes seconds where the nesting is deep.
type jsonWriter struct {
	text bytes.Buffer
	leaf *json.Encoder
}

func newJSONWriter() *jsonWriter {
	w := new(jsonWriter)
	w.leaf = json.NewEncoder(&w.text)
	w.leaf.SetEscapeHTML(false)
	return w
}

func (w *jsonWriter) value(value any, depth int) error {
	if depth > maxJSONDepth {
		return fmt.Errorf("it is nested deeper than %d levels", maxJSONDepth)
	}
	switch value := value.(type) {
	case Lazy:
		return w.value(value.Value(), depth)
	case Object:
		return w.object(value, depth)
	case []any:
		return w.array(value, depth)
	case map[string]any:
		fields := make(Object, 0, len(value))
		for _, name := range slices.Sorted(maps.Keys(value)) {
			fields = append(fields, Field{Name: name, Value: value[name]})
		}
		return w.object(fields, depth)
	}
	if err := w.leaf.Encode(value); err != nil {
		return err
	}
	w.text.Truncate(w.text.Len() - 1) // Encode ends each value with a newline.
	return nil
}

func (w *jsonWriter) object(fields Object, depth int) error {
	w.text.WriteByte('{')
	for i, field := range fields {
		if i > 0 {
			w.text.WriteByte(',')
		}
		if err := w.value(field.Name, depth); err != nil {
			return err
		}
		w.text.WriteByte(':')
		if err := w.value(field.Value, depth+1); err != nil {
			return err
		}
	}
	w.text.WriteByte('}')
	return nil
}

func (w *jsonWriter) array(elements []any, depth int) error {
	w.text.WriteByte('[')
	for i, element := range elements {
		if i > 0 {
			w.text.WriteByte(',')
		}
		if err := w.value(element, depth+1); err != nil {
			return err
		}
	}
	w.text.WriteByte(']')
	return nil
}
