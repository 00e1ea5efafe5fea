package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/srcnexus/extrun/internal/echo"
)

// echoHost is the public server that --echo stands in for.
const echoHost = "echo.websocket.org"

// An echoServer is echo.websocket.org on this machine, with and without TLS.
type echoServer struct {
	server      *http.Server
	plain, tls  net.Listener
	certificate *x509.Certificate
}

func startEcho() (*echoServer, error) {
	certificate, key, err := selfSigned(echoHost)
	if err != nil {
		return nil, err
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	under, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		plain.Close()
		return nil, err
	}
	chain := tls.Certificate{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}
	e := &echoServer{
		server:      &http.Server{Handler: echo.Handler(), ReadHeaderTimeout: 10 * time.Second},
		plain:       plain,
		tls:         tls.NewListener(under, &tls.Config{Certificates: []tls.Certificate{chain}, MinVersion: tls.VersionTLS12}),
		certificate: certificate,
	}
	go e.server.Serve(e.plain)
	go e.server.Serve(e.tls)
	return e, nil
}

// redirect sends the host's connections here.
func (e *echoServer) redirect(s *settings) {
	s.connectTo[echoHost+":80"] = e.plain.Addr().String()
	s.connectTo[echoHost+":443"] = e.tls.Addr().String()
	s.rootCAs = append(s.rootCAs, e.certificate)
}

func (e *echoServer) close() { e.server.Close() }

// selfSigned makes a certificate for a host that nobody but this process trusts.
func selfSigned(host string) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: host},
		DNSNames:              []string{host},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().AddDate(0, 0, 7),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return certificate, key, err
}
