package hostnet

import (
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// judgeProtocols returns the subprotocols to offer, in their order: those of
// the Sec-WebSocket-Protocol header, and those of the protocols option, which
// is nil, a string or an array of strings. Each is a token of RFC 9110 and may
// be given once.
func judgeProtocols(inHeader string, option any) ([]string, error) {
	var protocols []string
	if inHeader != "" {
		protocols = strings.Split(inHeader, ",")
		for i := range protocols {
			protocols[i] = strings.Trim(protocols[i], " \t")
		}
	}
	more, err := protocolOption(option)
	if err != nil {
		return nil, err
	}
	protocols = append(protocols, more...)
	if err := judgeProtocolSize(protocols); err != nil {
		return nil, err
	}
	for i, protocol := range protocols {
		if !httpguts.ValidHeaderFieldName(protocol) { // A field name is a token.
			return nil, refuse(CodeInvalidHeader, "subprotocol %d must be a token, of letters, digits and !#$%%&'*+-.^_`|~", i+1)
		}
		if slices.Contains(protocols[:i], protocol) {
			return nil, refuse(CodeInvalidHeader, "subprotocol %d is given twice", i+1)
		}
	}
	return protocols, nil
}

// protocolOption reads the protocols param.
func protocolOption(option any) ([]string, error) {
	switch option := option.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{option}, nil
	case []string:
		return option, nil
	case []any:
		protocols := make([]string, len(option))
		for i, element := range option {
			text, ok := element.(string)
			if !ok {
				return nil, refuse(CodeInvalidHeader, "protocols must be strings, not %s", kind(element))
			}
			protocols[i] = text
		}
		return protocols, nil
	}
	return nil, refuse(CodeInvalidHeader, "protocols must be a string or an array of strings, not %s", kind(option))
}

// judgeProtocolSize holds the protocols to the limits of headers.
func judgeProtocolSize(protocols []string) error {
	if len(protocols) > maxHeaders {
		return refuse(CodeInvalidHeader, "%d protocols were given, but a WebSocket may offer %d", len(protocols), maxHeaders)
	}
	size := 0
	for _, protocol := range protocols {
		size += len(protocol)
	}
	if size > maxHeaderBytes {
		return refuse(CodeInvalidHeader, "the protocols have %d bytes together, but may have %d", size, maxHeaderBytes)
	}
	return nil
}
