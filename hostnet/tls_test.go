package hostnet

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// overTLS runs a handler on the inside of a TLS connection.
func overTLS(certificate tls.Certificate, handle func(net.Conn)) func(net.Conn) {
	return overConfig(&tls.Config{Certificates: []tls.Certificate{certificate}}, handle)
}

func overConfig(config *tls.Config, handle func(net.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		secured := tls.Server(conn, config)
		if secured.Handshake() == nil {
			handle(secured)
		}
		stall(conn)
	}
}

func TestTLSFailures(t *testing.T) {
	authority, stranger := hostnettest.NewAuthority(t), hostnettest.NewAuthority(t)
	valid := authority.Valid(t, "127.0.0.1")
	working := func(conn net.Conn) { upgrade(conn, "", "") }
	opts := Options{RootCAs: []*x509.Certificate{authority.Certificate}}
	config := func(c *tls.Config) func(net.Conn) {
		c.Certificates = []tls.Certificate{valid}
		return overConfig(c, working)
	}
	for name, test := range map[string]struct {
		handle func(net.Conn)
		part   string
	}{
		"expired":               {overTLS(authority.Expired(t, "127.0.0.1"), working), "expired on"},
		"not yet valid":         {overTLS(authority.NotYetValid(t, "127.0.0.1"), working), "not valid before"},
		"self-signed":           {overTLS(hostnettest.SelfSigned(t, "127.0.0.1"), working), "self-signed"},
		"unknown authority":     {overTLS(stranger.Valid(t, "127.0.0.1"), working), "unknown authority"},
		"wrong host":            {overTLS(authority.Valid(t, "example.test", "10.0.0.1"), working), "is for example.test, 10.0.0.1, not for 127.0.0.1"},
		"no name":               {overTLS(authority.Valid(t), working), "127.0.0.1"},
		"TLS 1.1":               {config(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}), "no TLS version from 1.2 on"},
		"client certificate":    {config(&tls.Config{ClientAuth: tls.RequireAnyClientCert}), "wants a client certificate"},
		"the same with TLS 1.2": {config(&tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}), "wants a client certificate"},
		"another protocol":      {config(&tls.Config{NextProtos: []string{"other"}}), "refused the TLS handshake"},
		"plain HTTP":            {func(conn net.Conn) { io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n"); stall(conn) }, "speaks plain HTTP"},
		"plain WebSocket":       {func(conn net.Conn) { conn.Read(make([]byte, 9)); io.WriteString(conn, "HTTP/1.0 400\r\n\r\n") }, "speaks plain HTTP"},
		"SSH":                   {func(conn net.Conn) { io.WriteString(conn, "SSH-2.0-OpenSSH_9.6\r\n"); stall(conn) }, "does not speak TLS"},
		"hangs up":              {func(conn net.Conn) { conn.Read(make([]byte, 2<<10)) }, "during the TLS handshake"},
	} {
		t.Run(name, func(t *testing.T) {
			server := hostnettest.Serve(t, "127.0.0.1:0", test.handle)
			_, err := dialURL(t, opts, secretURL("wss", server.Addr), patient)
			checkDial(t, err, CodeTLS, test.part)
		})
	}
}

func TestClientCertificateMayBeOptional(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	config := &tls.Config{Certificates: []tls.Certificate{authority.Valid(t, "127.0.0.1")}, ClientAuth: tls.RequestClientCert}
	server := hostnettest.Serve(t, "127.0.0.1:0", overConfig(config, func(conn net.Conn) { upgrade(conn, "", "") }))
	if _, err := dialURL(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}}, "wss://"+server.Addr, patient); err != nil {
		t.Error(err)
	}
}

func TestWithoutExtraRootsNothingOfOursIsTrusted(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", overTLS(hostnettest.NewAuthority(t).Valid(t, "127.0.0.1"), stall))
	_, err := dialURL(t, Options{}, secretURL("wss", server.Addr), patient)
	checkDial(t, err, CodeTLS, "unknown authority")
}
