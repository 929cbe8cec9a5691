package document

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// plain returns an error of a connection in words that say what is wrong with the server, where it is one of those that an
// operator can mend. The cause stays in it.
func plain(err error) error {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var name *net.DNSError
	switch {
	case errors.As(err, &host):
		return fault{fmt.Sprintf("its certificate is for %s, not for %s", namesOf(host.Certificate), host.Host), err}
	case errors.As(err, &unknown):
		return fault{"its certificate is signed by nobody whom this machine trusts: it is self-signed, or the server does not send the certificate in between", err}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fault{fmt.Sprintf("its certificate holds from %s to %s only", day(invalid.Cert.NotBefore), day(invalid.Cert.NotAfter)), err}
	case errors.As(err, &record), err != nil && strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return fault{"it speaks no TLS there: is http:// meant?", err}
	case errors.As(err, &name) && name.IsNotFound:
		return fault{fmt.Sprintf("no such host: %s", name.Name), err}
	}
	return err
}

// fault is an error in plain words.
type fault struct {
	words string
	cause error
}

// Error returns the words.
func (f fault) Error() string { return f.words }

// Unwrap returns the cause.
func (f fault) Unwrap() error { return f.cause }

// namesOf returns some of the hosts that a certificate is for.
func namesOf(c *x509.Certificate) string {
	names := c.DNSNames
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return "no host"
	}
	return strings.Join(names[:min(len(names), 3)], ", ")
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
