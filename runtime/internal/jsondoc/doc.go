// Package jsondoc reads a JSON document that a person has written, and knows
// where everything in it stands. Unlike encoding/json with structs it tells
// "main" from "Main", keeps duplicate names, and bounds the depth.
//
// It is a pure judge: no function keeps state, and a document may be read by
// several goroutines at a time.
package jsondoc
