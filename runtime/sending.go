package runtime

import (
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// methodSend sends a message of a connection.
const methodSend = "network.wsSend"

// sendData is sendMessage("send", connectionId, data), which returns the promise
// of network.wsSend.
func (b *bridge) sendData(connection, data goja.Value) goja.Value {
	b.admit()
	params, err := b.sendParams(connection, data)
	return b.promise(methodSend, params, err, nil)
}

func (b *bridge) sendParams(connection, data goja.Value) (rpc.Object, error) {
	id, err := b.vm.fromJS(connection)
	if err != nil {
		return nil, invalid("the id of a connection is no data: %v", err)
	}
	payload, err := b.vm.fromJS(data)
	if err != nil {
		return nil, invalid("what is to be sent is no data: %v", err)
	}
	return rpc.Object{{Name: "connectionId", Value: id}, {Name: "data", Value: payload}}, nil
}
