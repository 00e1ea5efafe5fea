package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A message is what came through sendMessage: the envelope's fields as data,
// and those of a call by name. err is what is wrong with the params.
type message struct {
	id, method string
	params     rpc.Object
	fields     rpc.Object
	err        error
}

// envelope reads a message's data. It throws into the caller what is no
// envelope at all.
func (b *bridge) envelope(data goja.Value) message {
	switch data := data.(type) {
	case *goja.Object:
		return b.valueEnvelope(data)
	case goja.String:
		fields, err := decodeJSON(data.String())
		if err != nil {
			panic(b.vm.js.NewTypeError(fnSendMessage + ": data is no JSON text: " + err.Error()))
		}
		object, _ := fields.(rpc.Object)
		params, _ := object.Get("params").(rpc.Object)
		id, method := asText(object.Get("id")), asText(object.Get("method"))
		return message{id: id, method: method, params: params, fields: object}
	}
	panic(b.vm.js.NewTypeError(fnSendMessage + ": data must be an object or a JSON text"))
}

// valueEnvelope reads an envelope that came as an object. Its parts are read
// one by one, so that a call with params that aren't data can still be answered.
func (b *bridge) valueEnvelope(data *goja.Object) message {
	var m message
	for _, name := range data.Keys() {
		value := data.Get(name)
		switch name {
		case "id":
			m.id = value.String()
		case "method":
			m.method = value.String()
		case "params":
			params, err := b.vm.fromJS(value)
			m.params, _ = params.(rpc.Object)
			m.err = b.paramsError(err)
		default:
			field, err := b.vm.fromJS(value)
			if err != nil {
				m.fields = append(m.fields, rpc.Field{Name: "error", Value: err.Error()})
				continue
			}
			m.fields = append(m.fields, rpc.Field{Name: name, Value: field})
		}
	}
	return m
}

func (b *bridge) paramsError(err error) error {
	if err == nil {
		return nil
	}
	return &rpc.Error{Code: rpc.CodeInvalidData, Message: "the params of the call are not data: " + err.Error()}
}

func asText(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// decodeJSON reads a JSON text as data, objects with their keys in order.
func decodeJSON(text string) (any, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	value, err := decodeValue(dec, maxDepth)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return value, nil
}

// decodeValue reads one value, of which depth more levels may be nested.
func decodeValue(dec *json.Decoder, depth int) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if _, nests := token.(json.Delim); nests && depth == 0 {
		return nil, errTooDeep
	}
	switch token {
	case json.Delim('{'):
		return decodeObject(dec, depth-1)
	case json.Delim('['):
		return decodeArray(dec, depth-1)
	}
	return token, nil
}

func decodeObject(dec *json.Decoder, depth int) (any, error) {
	object := rpc.Object{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		value, err := decodeValue(dec, depth)
		if err != nil {
			return nil, err
		}
		object = append(object, rpc.Field{Name: name.(string), Value: value})
	}
	_, err := dec.Token()
	return object, err
}

func decodeArray(dec *json.Decoder, depth int) (any, error) {
	array := []any{}
	for dec.More() {
		value, err := decodeValue(dec, depth)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	_, err := dec.Token()
	return array, err
}
