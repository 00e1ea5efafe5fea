package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// decisions says which tests hold what the platform's document leaves open. A
// test is "package Test", "package Test/story" or "script name"; a story's own
// tests are the package e2e.
var decisions = map[string][]string{
	// The extension's identity.
	"where the id comes from, and what it may be":      {"script identity", "runtime TestIdentity"},
	"two running extensions can't share an id":         {"script duplicate_id", "e2e TestDuplicateID"},
	"a bad manifest is refused before JavaScript runs": {"script bad_manifest", "script manifest_main_no_source"},

	// Opening.
	"URL, headers, place, dial, in this order":       {"e2e TestOpening/the URL is judged, then the headers, then the limit"},
	"a refusal costs no traffic, not even DNS":       {"e2e TestRefusalsCostNoLookup", "hostnet TestRefusalCostsNoTraffic"},
	"the limit counts dials: five and one rejection": {"e2e TestOpening/the limit counts dialling sockets", "hostnet TestLimitCountsDials"},
	"a place is free whatever ended the socket":      {"e2e TestOpening/a place is free before the close event", "e2e TestOpening/a place is free after a failed dial", "hostnet TestEveryPlaceComesBack"},
	"the limit is an option, and the error names it": {"e2e TestSmallLimits/the limit of connections is an option, and named"},
	"ids count successful connections from 0":        {"e2e TestOpening/ids count successful connections and are never reused", "e2e TestActivations"},
	"protocols":                                              {"e2e TestSampleCustomHeaders", "hostnet TestProtocolsRefused"},
	"an abort rejects with an AbortError":                    {"e2e TestOpening/an abort rejects with an AbortError", "sdk TestAbort"},
	"an abort frees the place at once":                       {"e2e TestOpening/a place is free at once after an abort"},
	"timeout, by default 30 s, named by the error":           {"e2e TestHandshakeTimeout", "hostnet TestTimeouts", "hostnet TestTimeoutIsTheExtensions"},
	"connectionId, url, protocol, bufferedAmount":            {"e2e TestOpening/the connection's properties", "e2e TestServerStopsReading"},
	"anything but 101 rejects with the status":               {"e2e TestHandshakeRefused", "hostnet TestStatuses"},
	"redirects are never followed":                           {"e2e TestHandshakeRefused", "hostnet TestRedirectsAreNotFollowed"},
	"messages show no query, user info or header, nor http:": {"e2e TestHandshakeRefused", "hostnet TestDisplayHidesSecrets", "script network_errors"},
	"codes for programs":                                     {"script network_errors", "e2e TestTLSFailures", "e2e TestMessagesOut/what can't be sent rejects", "e2e TestOwnership"},

	// Messages in.
	"order, and promise reactions between two events":          {"e2e TestMessagesIn/all promise reactions of an event run before the next"},
	"events before a handler are held":                         {"e2e TestMessagesIn/a greeting right after the handshake is never lost", "sdk TestHeld"},
	"held: 1,024 or 8 MiB, the oldest go, one warning":         {"e2e TestMessagesIn/held events are bounded, the oldest go, close stays", "sdk TestHeldBounds"},
	"text and binary messages, base64 when it is read":         {"e2e TestMessagesIn/bytes have base64 and Uint8Array", "runtime TestLazyValuesAreComputedOnce"},
	"text that isn't UTF-8: 1007":                              {"e2e TestMessagesIn/text that isn't UTF-8 ends the connection with 1007"},
	"a handler that throws or rejects is reported":             {"e2e TestMessagesIn/a handler that throws is reported, and the others run", "e2e TestMessagesIn/a handler whose promise rejects is reported"},
	"handlers run in order; changes count from the next event": {"e2e TestMessagesIn/handlers run in order, and changes take effect with the next event"},
	"a slow consumer is waited for":                            {"e2e TestSlowConsumer", "hostnet TestBackPressureIsBoundedInEventsAndBytes", "hostnet TestFloodIsThrottledAndThenAllIsThere"},
	"one extension's slowness never delays another's":          {"e2e TestCrash", "runtime TestStuckExtensionDoesNotDisturbOthers"},
	"a message above the maximum: 1009":                        {"e2e TestMessagesIn/a message above the maximum ends the connection with 1009", "e2e TestSmallLimits/a message of the limit passes, one more byte doesn't"},

	// Messages out.
	"what send accepts":                        {"e2e TestMessagesOut/strings, objects, arrays and bytes"},
	"what send refuses":                        {"e2e TestMessagesOut/what can't be sent rejects"},
	"in Go: string, bytes, whatever JSON can":  {"hostnet TestSendKinds", "hostnet TestSendRefusesWhatIsNoData"},
	"sends go out in call order":               {"e2e TestMessagesOut/sends go out in call order, before the close", "e2e TestTenThousandBeforeClose"},
	"data is captured at the call":             {"e2e TestMessagesOut/data is captured at the call"},
	"the promise tells whether it was written": {"hostnet TestSendsThatWereNeverWrittenReject", "e2e TestMessagesOut/send after the end rejects"},
	"16 MiB may wait, then ERR_BUFFER_FULL":    {"e2e TestServerStopsReading", "e2e TestSmallLimits/a send past the bound is refused, and nothing of it is sent"},

	// Closing.
	"codes and reasons that close takes":                 {"e2e TestClosing/codes and reasons that can't be leave the connection open"},
	"everything sent before goes out first":              {"e2e TestTenThousandBeforeClose"},
	"a peer that doesn't answer is cut after 5 s":        {"e2e TestClosing/a peer that doesn't answer is cut after a while", "hostnet TestCloseIsBounded"},
	"close is delivered once, last, as the peer sent it": {"e2e TestClosing/the close event has what the peer answered", "e2e TestClosing/without a code it is 1005", "e2e TestClosing/the connection ends without a closing handshake"},
	"our own close yields the event first":               {"e2e TestClosing/the close event comes before close fulfils, once, and last"},
	"a failure is an error and a close":                  {"e2e TestClosing/a handler that reconnects in onClose works after every kind of loss", "e2e TestMessagesIn/a broken protocol ends the connection with 1002"},
	"close on what is closed or unknown is a no-op":      {"e2e TestClosing/close on what is closed or unknown does nothing"},

	// Keeping alive.
	"a ping after 30 s, 10 s to answer":             {"hostnet TestVanishedPeerIsNoticed", "e2e TestSmallLimits/a peer that answers no ping is gone"},
	"0 turns it off":                                {"hostnet TestNoPingMeansNone"},
	"any byte counts as an answer":                  {"hostnet TestAnyByteAnswersThePing", "e2e TestSmallLimits/a silent peer is pinged, and its pong keeps the connection"},
	"no verdict while the host itself doesn't read": {"e2e TestSmallLimits/our own slowness is not the server's silence", "hostnet TestBackPressureIsNotSilence"},

	// Ownership.
	"others' ids, whether or not they exist": {"e2e TestOwnership/any id without the own prefix is not owned", "e2e TestSampleIsolation"},
	"own ids that aren't open":               {"e2e TestOwnership/send on an own id that is closed or never was"},

	// What may be reached.
	"what makes a URL invalid":                     {"e2e TestReach/URLs that can't be", "hostnet TestInvalidURL"},
	"one canonical form is judged and dialled":     {"hostnet TestCanonicalURL", "hostnet TestSpellingsNeverReachAReservedPort"},
	"user info becomes Authorization":              {"e2e TestHeadersOnTheWire", "hostnet TestUserInfoBecomesAuthorization"},
	"reserved ports, in every spelling":            {"e2e TestReach/reserved ports in every spelling"},
	"names that resolve to this machine":           {"e2e TestNamesOfThisMachine", "hostnet TestNamesThatResolveToThisMachine"},
	"the address is judged again at the socket":    {"e2e TestDetourIsJudged", "hostnet TestAnswersThatChange"},
	"other local ports are open":                   {"e2e TestOneLiner", "hostnet TestOtherPortsOfThisMachine"},
	"the reserved ports are an option":             {"e2e TestSmallLimits/the reserved ports are an option"},
	"proxies: only when asked for, never for here": {"e2e TestProxy", "hostnet TestThisMachineIsNotBehindTheProxy"},
	"headers that can't be set, and their limits":  {"e2e TestReach/headers that are the host's", "hostnet TestHeadersRefused", "hostnet TestHeaderLimits"},
	"headers that can be set, as they go out":      {"e2e TestHeadersOnTheWire", "hostnet TestRequestOnTheWire"},
	"TLS is verified; extra roots are an option":   {"e2e TestTLSFailures", "e2e TestSamples"},

	// Life of an extension.
	"top-level code, onLoad, onDispose, in order":      {"e2e TestLife/top-level code, then onLoad in order, then onDispose in order"},
	"early replies and events wait":                    {"e2e TestLife/replies and events that come early wait"},
	"a throw at the top or in onLoad fails it":         {"script failed_activation", "e2e TestLife/onLoad that rejects closes the sockets"},
	"deactivation: onDispose, then 1001, then nothing": {"e2e TestSignals", "e2e TestActivations", "e2e TestLife/nothing of the extension runs after its end", "runtime TestNothingRunsAfterStop"},
	"pending calls are rejected at the end":            {"runtime TestPendingCallsAreRejectedAtTheEnd", "hostnet TestNothingIsServedAfterClose"},
	"onDispose has 5 s":                                {"runtime TestDisposeTimeout"},
	"deactivating in the middle of anything":           {"e2e TestDeactivationInTheMiddle", "hostnet TestStopInTheMiddleOfEverything"},
	"a stuck script is logged, then interrupted":       {"e2e TestCrash", "runtime TestStuckScriptIsLoggedWithItsPlace", "runtime TestStuckScriptsAreInterrupted"},
	"no message and no script ends the process":        {"e2e TestHostileMessages", "guard TestAttacksDontEndTheProcess"},
	"a panic in a host function is an error":           {"rpc TestRouter"},
}

var testFolders = map[string]string{
	"e2e":     ".",
	"hostnet": "../hostnet",
	"runtime": "../runtime",
	"rpc":     "../runtime/rpc",
	"guard":   "../runtime/internal/guard",
	"sdk":     "../sdk",
}

// TestDecisions finds what decisions names.
func TestDecisions(t *testing.T) {
	sources := make(map[string]string)
	for name, folder := range testFolders {
		sources[name] = testSources(t, folder)
	}
	for decision, tests := range decisions {
		for _, test := range tests {
			where, name, _ := strings.Cut(test, " ")
			if where == "script" {
				if _, err := os.Stat(filepath.Join("../cmd/extrun/testdata/script", name+".txtar")); err != nil {
					t.Errorf("%s: %v", decision, err)
				}
				continue
			}
			function, story, hasStory := strings.Cut(name, "/")
			if !strings.Contains(sources[where], "\nfunc "+function+"(t *testing.T)") || hasStory && !strings.Contains(sources[where], `"`+story+`": {`) {
				t.Errorf("%s: there is no test %s", decision, test)
			}
		}
	}
}

// testSources are all test files of a folder in one text.
func testSources(t *testing.T, folder string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
