package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A decoder reads JSON as data, objects with their keys in order. Like an
// exporter it bounds what one text may amount to.
type decoder struct {
	tokens *json.Decoder
	values int
}

// decodeJSON reads a JSON text. Of a text that is an object and wrong further
// on, the fields before the wrong one are returned with the error.
func decodeJSON(text string) (any, error) {
	d := decoder{tokens: json.NewDecoder(strings.NewReader(text))}
	value, err := d.value(maxDepth)
	if err != nil {
		return value, err
	}
	if _, err := d.tokens.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return value, nil
}

// value reads one value, of which depth more levels may be nested.
func (d *decoder) value(depth int) (any, error) {
	if d.values++; d.values > maxValues {
		return nil, fmt.Errorf("more than %d values", maxValues)
	}
	token, err := d.tokens.Token()
	if err != nil {
		return nil, unexpected(err)
	}
	if _, nests := token.(json.Delim); nests && depth == 0 {
		return nil, errTooDeep
	}
	switch token {
	case json.Delim('{'):
		return d.object(depth - 1)
	case json.Delim('['):
		return d.array(depth - 1)
	}
	return token, nil
}

func (d *decoder) object(depth int) (any, error) {
	object := rpc.Object{}
	for d.tokens.More() {
		name, err := d.tokens.Token()
		if err != nil {
			return object, unexpected(err)
		}
		value, err := d.value(depth)
		if err != nil {
			return object, err
		}
		object = append(object, rpc.Field{Name: name.(string), Value: value})
	}
	_, err := d.tokens.Token()
	return object, unexpected(err)
}

func (d *decoder) array(depth int) (any, error) {
	array := []any{}
	for d.tokens.More() {
		value, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	_, err := d.tokens.Token()
	return array, unexpected(err)
}

// unexpected says of the end of a text that it came too early.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
