package hostnet

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"
)

// A tlsError is a TLS handshake that came to nothing.
type tlsError struct {
	err        error
	certWanted bool // the server asked for a client certificate
}

func (t tlsError) Error() string { return "TLS: " + t.err.Error() }
func (t tlsError) Unwrap() error { return t.err }

// explain finds the code and the sentence.
func (t tlsError) explain() (code, text string) {
	if failed, ok := errors.AsType[*tls.CertificateVerificationError](t.err); ok {
		return CodeTLS, certificateText(failed)
	}
	if header, ok := errors.AsType[tls.RecordHeaderError](t.err); ok {
		return CodeTLS, recordText(header)
	}
	if errno, ok := errors.AsType[syscall.Errno](t.err); ok {
		return CodeConnect, errnoText(errno)
	}
	op, ok := errors.AsType[*net.OpError](t.err)
	remote := ok && op.Op == "remote error"
	switch {
	case remote && t.certWanted:
		return CodeTLS, "the server wants a client certificate, which extensions can't give"
	case strings.Contains(t.err.Error(), "protocol version"): // crypto/tls exports no error for it
		return CodeTLS, "the server offers no TLS version from 1.2 on"
	case errors.Is(t.err, io.EOF), errors.Is(t.err, io.ErrUnexpectedEOF):
		return CodeTLS, "the server ended the connection during the TLS handshake"
	case remote:
		return CodeTLS, "the server refused the TLS handshake: " + op.Err.Error()
	}
	return CodeTLS, "the TLS handshake went wrong: " + t.err.Error()
}

// recordText is for what isn't TLS.
func recordText(err tls.RecordHeaderError) string {
	if bytes.HasPrefix(err.RecordHeader[:], []byte("HTTP")) {
		return "the server speaks plain HTTP on this port; use ws:// or its port for TLS"
	}
	return "the server does not speak TLS on this port; use ws:// or its port for TLS"
}

// certificateText is for a certificate that can't be trusted.
func certificateText(failed *tls.CertificateVerificationError) string {
	leaf := failed.UnverifiedCertificates[0]
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](failed.Err); ok && invalid.Reason == x509.Expired {
		return validityText(invalid.Cert)
	}
	if wrong, ok := errors.AsType[x509.HostnameError](failed.Err); ok {
		return "the server's certificate is for " + certificateNames(leaf) + ", not for " + wrong.Host
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](failed.Err); ok {
		if bytes.Equal(leaf.RawIssuer, leaf.RawSubject) {
			return "the server's certificate is self-signed; add it to the host's extra roots to trust it"
		}
		return "the server's certificate is signed by an unknown authority; add its root to the host's extra roots to trust it"
	}
	return "the server's certificate can't be verified: " + failed.Err.Error()
}

// validityText is for a certificate whose time is over or has not come.
func validityText(certificate *x509.Certificate) string {
	if time.Now().Before(certificate.NotBefore) {
		return "the server's certificate is not valid before " + certificate.NotBefore.UTC().Format(time.DateTime) + " UTC; is this machine's clock right?"
	}
	return "the server's certificate expired on " + certificate.NotAfter.UTC().Format(time.DateTime) + " UTC"
}

// certificateNames lists the first names that a certificate is for.
func certificateNames(leaf *x509.Certificate) string {
	names := leaf.DNSNames
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return "no host"
	}
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
