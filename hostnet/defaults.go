package hostnet

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// withDefaults returns a copy of the options in which every field is set, or
// says which field can't be used.
func (o Options) withDefaults() (Options, error) {
	if err := o.validate(); err != nil {
		return Options{}, err
	}
	if o.ReservedPorts == nil {
		o.ReservedPorts = []uint16{4820, 3200}
	}
	o.ReservedPorts = slices.Clone(o.ReservedPorts)
	o.RootCAs = slices.Clone(o.RootCAs)
	o.MaxConnections = cmp.Or(o.MaxConnections, 5)
	o.DialTimeout = cmp.Or(o.DialTimeout, 10*time.Second)
	o.TLSTimeout = cmp.Or(o.TLSTimeout, 10*time.Second)
	o.ResponseTimeout = cmp.Or(o.ResponseTimeout, 15*time.Second)
	o.HandshakeTimeout = cmp.Or(o.HandshakeTimeout, 30*time.Second)
	o.MaxMessage = cmp.Or(o.MaxMessage, 32<<20)
	o.MaxIncomingEvents = cmp.Or(o.MaxIncomingEvents, 1024)
	o.MaxIncomingBytes = cmp.Or(o.MaxIncomingBytes, 8<<20)
	o.MaxOutgoingBytes = cmp.Or(o.MaxOutgoingBytes, 16<<20)
	o.PingInterval = cmp.Or(o.PingInterval, 30*time.Second)
	o.PingTimeout = cmp.Or(o.PingTimeout, 10*time.Second)
	o.MaxFetches = cmp.Or(o.MaxFetches, 32)
	o.FetchTimeout = cmp.Or(o.FetchTimeout, 5*time.Minute)
	o.MaxBody = cmp.Or(o.MaxBody, 64<<20)
	o.MaxFetchBytes = cmp.Or(o.MaxFetchBytes, 256<<20)
	o.CloseGrace = cmp.Or(o.CloseGrace, 5*time.Second)
	o.StopGrace = cmp.Or(o.StopGrace, 250*time.Millisecond)
	var err error
	o.ConnectTo, err = canonicalConnectTo(o.ConnectTo)
	return o, err
}

// validate reports the first field that has no meaning.
func (o Options) validate() error {
	for _, field := range []struct {
		name  string
		value int64
	}{
		{"MaxConnections", int64(o.MaxConnections)},
		{"DialTimeout", int64(o.DialTimeout)},
		{"TLSTimeout", int64(o.TLSTimeout)},
		{"ResponseTimeout", int64(o.ResponseTimeout)},
		{"HandshakeTimeout", int64(o.HandshakeTimeout)},
		{"MaxMessage", o.MaxMessage},
		{"MaxIncomingEvents", int64(o.MaxIncomingEvents)},
		{"MaxIncomingBytes", o.MaxIncomingBytes},
		{"MaxOutgoingBytes", o.MaxOutgoingBytes},
		{"PingInterval", int64(o.PingInterval)},
		{"PingTimeout", int64(o.PingTimeout)},
		{"MaxFetches", int64(o.MaxFetches)},
		{"FetchTimeout", int64(o.FetchTimeout)},
		{"MaxBody", o.MaxBody},
		{"MaxFetchBytes", o.MaxFetchBytes},
		{"CloseGrace", int64(o.CloseGrace)},
		{"StopGrace", int64(o.StopGrace)},
	} {
		if field.value < 0 {
			return fmt.Errorf("hostnet: Options.%s is negative; leave it 0 for the default", field.name)
		}
	}
	if slices.Contains(o.RootCAs, (*x509.Certificate)(nil)) {
		return errors.New("hostnet: Options.RootCAs contains nil")
	}
	return nil
}

// canonicalConnectTo brings the keys into the form of [target.hostPort].
func canonicalConnectTo(raw map[string]string) (map[string]string, error) {
	canonical := make(map[string]string, len(raw))
	for _, from := range slices.Sorted(maps.Keys(raw)) {
		key, err := canonicalHostPort(from)
		if err != nil {
			return nil, err
		}
		to, err := canonicalHostPort(raw[from])
		if err != nil {
			return nil, err
		}
		canonical[key] = to
	}
	return canonical, nil
}

func canonicalHostPort(text string) (string, error) {
	host, port, err := net.SplitHostPort(text)
	number, portErr := strconv.ParseUint(port, 10, 16)
	if err != nil || portErr != nil || host == "" || number == 0 {
		return "", fmt.Errorf("hostnet: Options.ConnectTo: %q is not host:port", text)
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if addr, err := netip.ParseAddr(host); err == nil {
		host = addr.String()
	}
	return joinHostPort(host, uint16(number)), nil
}
