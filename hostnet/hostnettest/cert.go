package hostnettest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"testing"
	"time"
)

// An Authority signs certificates for the length of a test.
type Authority struct {
	// Certificate is the root to trust.
	Certificate *x509.Certificate

	key *ecdsa.PrivateKey
}

// NewAuthority makes a root of its own kind.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	template := certificate("hostnettest root", -time.Hour, time.Hour)
	template.IsCA = true
	template.KeyUsage = x509.KeyUsageCertSign
	signed := sign(t, template, nil)
	return &Authority{signed.Leaf, signed.PrivateKey.(*ecdsa.PrivateKey)}
}

// Valid returns a certificate for names and addresses.
func (a *Authority) Valid(t testing.TB, hosts ...string) tls.Certificate {
	t.Helper()
	return sign(t, certificate("valid", -time.Hour, time.Hour, hosts...), a)
}

// Expired returns one whose time is over.
func (a *Authority) Expired(t testing.TB, hosts ...string) tls.Certificate {
	t.Helper()
	return sign(t, certificate("expired", -2*time.Hour, -time.Hour, hosts...), a)
}

// NotYetValid returns one whose time has not come.
func (a *Authority) NotYetValid(t testing.TB, hosts ...string) tls.Certificate {
	t.Helper()
	return sign(t, certificate("not yet valid", time.Hour, 2*time.Hour, hosts...), a)
}

// SelfSigned returns a certificate that nobody vouches for.
func SelfSigned(t testing.TB, hosts ...string) tls.Certificate {
	t.Helper()
	return sign(t, certificate("self-signed", -time.Hour, time.Hour, hosts...), nil)
}

// certificate is a template whose validity is relative to now.
func certificate(name string, from, to time.Duration, hosts ...string) *x509.Certificate {
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(now.UnixNano()),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             now.Add(from),
		NotAfter:              now.Add(to),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	return template
}

// sign completes a template; without an issuer it signs itself.
func sign(t testing.TB, template *x509.Certificate, issuer *Authority) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if issuer == nil {
		issuer = &Authority{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.Certificate, &key.PublicKey, issuer.key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}
