package hostnet

import "github.com/srcnexus/extrun/runtime/rpc"

// encodeJSON encodes an object or an array.
func encodeJSON(data any) ([]byte, error) {
	payload, err := rpc.EncodeJSON(data)
	if err != nil {
		return nil, refuse(CodeInvalidData, "network.wsSend: data can't be written as JSON: %v", err)
	}
	if payload[0] != '{' && payload[0] != '[' {
		return nil, refuse(CodeInvalidData, "network.wsSend: data must be a string, bytes, an object or an array, and is %s", jsonKind(payload[0]))
	}
	return payload, nil
}

// jsonKind names a JSON value by its first character.
func jsonKind(first byte) string {
	switch first {
	case 'n':
		return "null or missing"
	case 't', 'f':
		return "a boolean"
	case '"':
		return "written as a JSON string"
	}
	return "a number"
}
