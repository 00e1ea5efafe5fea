package rpc

import "sync"

// An Object is a JavaScript object as data: its own enumerable properties, in
// their order.
type Object []Field

// A Field is one property of an [Object].
type Field struct {
	Name  string
	Value any
}

// Get returns the value of the named property, or nil if there is none.
func (o Object) Get(name string) any {
	value, _ := o.Lookup(name)
	return value
}

// Lookup returns the value of the named property and whether there is one.
func (o Object) Lookup(name string) (any, bool) {
	for i := range o {
		if o[i].Name == name {
			return o[i].Value, true
		}
	}
	return nil, false
}

// Text returns the named property if it is a string.
func (o Object) Text(name string) (string, bool) {
	text, ok := o.Get(name).(string)
	return text, ok
}

// MarshalJSON writes the fields in their order.
func (o Object) MarshalJSON() ([]byte, error) { return EncodeJSON(o) }

// A Lazy value is computed when it is first read, and then kept. JavaScript
// sees an ordinary property.
type Lazy struct{ value func() any }

// NewLazy returns a value that compute yields on first use. compute runs at
// most once, on the goroutine that reads it.
func NewLazy(compute func() any) Lazy { return Lazy{sync.OnceValue(compute)} }

// Value computes the value, or returns what was computed.
func (l Lazy) Value() any { return l.value() }

// MarshalJSON writes the computed value.
func (l Lazy) MarshalJSON() ([]byte, error) { return EncodeJSON(l.Value()) }
