package hostnettest

import (
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// ServeDNS answers what is asked on a UDP address, such as "127.0.0.1:53", with
// what reply returns, and not at all where that is nil. The test's cleanup ends
// it and waits for it.
func ServeDNS(t testing.TB, address string, reply func(query dnsmessage.Message) []byte) {
	t.Helper()
	conn, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() { answerQueries(conn, reply) })
	t.Cleanup(func() {
		conn.Close()
		serving.Wait()
	})
}

func answerQueries(conn net.PacketConn, reply func(dnsmessage.Message) []byte) {
	for buffer := make([]byte, 4<<10); ; {
		n, from, err := conn.ReadFrom(buffer)
		if err != nil {
			return
		}
		var query dnsmessage.Message
		if query.Unpack(buffer[:n]) != nil {
			continue
		}
		if answer := reply(query); answer != nil {
			conn.WriteTo(answer, from)
		}
	}
}

// DNSAnswer answers a query with a code, and with the address where it asks for
// one of its kind.
func DNSAnswer(query dnsmessage.Message, code dnsmessage.RCode, addr netip.Addr) []byte {
	answer := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: query.ID, Response: true, RecursionDesired: true, RecursionAvailable: true, RCode: code},
		Questions: query.Questions,
	}
	for _, question := range query.Questions {
		header := dnsmessage.ResourceHeader{Name: question.Name, Type: question.Type, Class: question.Class}
		switch {
		case question.Type == dnsmessage.TypeA && addr.Is4():
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AResource{A: addr.As4()}})
		case question.Type == dnsmessage.TypeAAAA && addr.Is6():
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}})
		}
	}
	packed, err := answer.Pack()
	if err != nil {
		return nil
	}
	return packed
}
