package hostnet

import "strings"

// A defect is something that the WebSocket library does, what stands against
// it here, and the tests that fail without that.
type defect struct {
	what, cure string
	tests      []string
}

var defects = []defect{
	{"follows redirects without a limit", "the handshake returns nothing but a right 101 to the library", []string{"TestRedirectsAreNotFollowed"}},
	{"delivers a message that the end of the stream cut short as complete", "an end of the stream is never io.EOF to the library", []string{"TestCutMessagesAreNeverDelivered"}},
	{"can hang in Close for ever, CloseNow included", "every wait is a deadline on the connection below, which is closed first", []string{"TestCloseIsBounded", "TestStopIsBounded"}},
	{"delivers masked frames, still masked", "frames are parsed before the library sees them", []string{"TestFaultsEndTheConnection"}},
	{"checks UTF-8 neither in text nor in close reasons, and drops the line at a close code or reason that can't be", "both are checked, in both directions", []string{"TestFaultsEndTheConnection", "TestCloseRefusesCodesAndReasons"}},
	{"ends the connection when the context of a Read or Write is over", "no context of a message's ever ends; silence is watched by deadlines below", []string{"TestAnyByteAnswersThePing", "TestPingInTheMiddleOfATLSRecord"}},
	{"has a read limit of 32 KiB, and returns what it has read of a larger message", "the limit is kept below the library, which has none", []string{"TestMessagesArriveWhole", "TestFaultsEndTheConnection"}},
	{"fails a Read 5 s after a ping that can't be answered because a Write is stalled", "pings are answered by the connection's own writer", []string{"TestStalledWriteDoesNotStopReading", "TestPingsAreAnswered"}},
	{"leaks goroutines where a handshake is refused, reads 10 MB of header, and obeys the environment's proxy", "a handshake of our own on one goroutine, with a limit of 64 KiB", []string{"TestRefusalClosesTheConnection", "TestNotAWebSocketServer", "TestEnvironmentsProxyIsIgnored"}},
	{"waits 5 s twice in Close; compression costs 1.2 MB a connection", "closing is the connection's own; compression is not offered", []string{"TestCloseIsBounded", "TestRequestOnTheWire"}},
	{"sends header keys that aren't canonical as lines of their own", "headers are merged without case, and only canonical keys are added", []string{"TestHeadersAccepted", "TestHeadersRefused"}},
	{"relies on TCP keepalive, which never fires while data is unacknowledged", "pings of our own", []string{"TestVanishedPeerIsNoticed", "TestVanishedPeerIsNoticedWithDataInFlight"}},
	{"can swallow the server's Close frame while it closes by itself", "Close frames are read below the library", []string{"TestCloseYieldsWhatTheServerAnswers"}},
}

const defectsHeader = `
# What the WebSocket library does, and what stands against it

coder/websocket v1.8.15, as measured. Each test fails without the cure.

| defect | cure | tests |
| --- | --- | --- |
`

func defectLines() (lines []string) {
	for _, d := range defects {
		lines = append(lines, tableLine("it "+d.what, d.cure, strings.Join(d.tests, ", ")))
	}
	return lines
}
