package hostnet

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/idna"
)

// A second judge of what this machine is, made of other parts than the policy:
// it reads a URL as leniently as it can, and addresses by their hexadecimal text.

// leadsHere judges an address.
func leadsHere(ip net.IP, own []string) bool {
	for _, candidate := range append(carried(ip), ip) {
		if four := candidate.To4(); four != nil && (four[0] == 127 || four[0] == 0) || candidate.IsLoopback() || candidate.IsUnspecified() {
			return true
		}
		for _, address := range own {
			if candidate.Equal(net.ParseIP(address)) {
				return true
			}
		}
	}
	return false
}

// carried are the IPv4 addresses in an IPv6 address.
func carried(ip net.IP) (found []net.IP) {
	text := hex.EncodeToString(ip.To16())
	for prefix, at := range map[string]int{
		strings.Repeat("0", 24): 12, strings.Repeat("0", 16) + "ffff0000": 12, strings.Repeat("0", 20) + "ffff": 12,
		"0064ff9b0000000000000000": 12, "0064ff9b0001": 12, "2002": 2,
	} {
		if strings.HasPrefix(text, prefix) {
			found = append(found, net.IP(ip.To16()[at:at+4]))
		}
	}
	return found
}

// ownInterfaces are this machine's addresses as text.
func ownInterfaces(t testing.TB) (own []string) {
	t.Helper()
	list, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		address, _, _ := strings.Cut(entry.String(), "/")
		own = append(own, address)
	}
	return own
}

// namesReservedPort reads a URL and says whether it may mean a reserved port of
// this machine.
func namesReservedPort(raw string, own []string) bool {
	_, rest, _ := strings.Cut(raw, "://")
	authority := rest[:strings.IndexAny(rest+"/", "/?#\\")]
	host := authority[strings.LastIndex(authority, "@")+1:]
	port := ""
	if colon := strings.LastIndex(host, ":"); colon > strings.LastIndex(host, "]") {
		host, port = host[:colon], host[colon+1:]
	}
	number, _ := strconv.Atoi(port)
	return (number == 4820 || number == 3200) && namesHere(host, own)
}

// namesHere judges a host as it is written.
func namesHere(host string, own []string) bool {
	if inside, ok := strings.CutPrefix(host, "["); ok {
		ip := net.ParseIP(strings.TrimSuffix(inside, "]"))
		return ip != nil && leadsHere(ip, own)
	}
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	}
	mapped, _ := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false)).ToUnicode(host)
	name := strings.TrimSuffix(strings.ToLower(mapped), ".")
	if ip := looseIPv4(name); ip != nil {
		return leadsHere(ip, own)
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// looseIPv4 reads an address as inet_aton does.
func looseIPv4(text string) net.IP {
	parts := strings.Split(text, ".")
	if len(parts) > 4 {
		return nil
	}
	value := uint64(0)
	for i, part := range parts {
		number, err := strconv.ParseUint(octal(part), 0, 33)
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		if err != nil || !isNumber(part) || number >= 1<<bits {
			return nil
		}
		value = value<<bits | number
	}
	if value > math.MaxUint32 {
		return nil
	}
	return net.IPv4(byte(value>>24), byte(value>>16), byte(value>>8), byte(value))
}

// isNumber rules out what is a number in Go only.
func isNumber(part string) bool {
	digits := strings.TrimPrefix(strings.ToLower(part), "0x")
	return !strings.Contains(part, "_") && (digits != strings.ToLower(part) || !strings.ContainsAny(digits, "bo"))
}

// octal spells a number as Go does: C's 0x alone is zero.
func octal(part string) string {
	if part == "0x" || part == "0X" {
		return "0"
	}
	return part
}

// TestNodeAgrees compares how hosts are read with testdata/hosts.json, which
// hosts.mjs beside it has written. The policy refuses more, but what it takes it
// reads alike.
func TestNodeAgrees(t *testing.T) {
	hosts := fromNode(t, "hosts.json")
	taken := 0
	for _, pair := range hosts {
		got, err := parseURL("ws://" + *pair[0] + ":4820/")
		if err != nil {
			continue
		}
		taken++
		if pair[1] == nil {
			t.Errorf("%q: got %q, Node refuses it", *pair[0], got.host)
		} else if want := strings.TrimSuffix(strings.Trim(*pair[1], "[]"), "."); got.host != want {
			t.Errorf("%q: got %q, Node %q", *pair[0], got.host, want)
		}
	}
	if taken < len(hosts)/3 {
		t.Errorf("only %d of %d hosts were taken", taken, len(hosts))
	}
}

// TestNodeAgreesOnPaths does the same with paths and queries. In a path, two
// characters are escaped here that Node leaves.
func TestNodeAgreesOnPaths(t *testing.T) {
	paths := fromNode(t, "paths.json")
	taken := 0
	for _, pair := range paths {
		got, err := parseURL("ws://h" + *pair[0])
		if err != nil {
			continue
		}
		taken++
		path, query, asked := strings.Cut(*pair[1], "?")
		want := "ws://h" + strings.NewReplacer("|", "%7C", "^", "%5E").Replace(path)
		if asked {
			want += "?" + query
		}
		if got.url != want {
			t.Errorf("%q: got %q, Node %q", *pair[0], got.url, want)
		}
	}
	if taken < len(paths)/2 {
		t.Errorf("only %d of %d paths were taken", taken, len(paths))
	}
}

// fromNode reads pairs of what was read, and how; nil is a refusal.
func fromNode(t *testing.T, name string) (pairs [][2]*string) {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &pairs); err != nil {
		t.Fatal(err)
	}
	return pairs
}

// TestSecondJudge holds the judge itself to the spellings that are known.
func TestSecondJudge(t *testing.T) {
	own := ownInterfaces(t)
	for _, host := range ownSpellings {
		if strings.Contains(host, "@") || strings.HasPrefix(host, "ip6-") || strings.HasSuffix(host, ".localdomain") || strings.HasPrefix(host, "[64:ff9b:1:7f00") {
			continue
		}
		if !namesReservedPort("ws://"+host+":4820/", own) {
			t.Errorf("%s is not known as this machine", host)
		}
	}
	for _, host := range otherSpellings {
		if namesReservedPort("ws://"+host+":4820/", own) {
			t.Errorf("%s is taken for this machine", host)
		}
	}
}
