// Package address reads the addresses that an operator types: URLs and host:port.
package address

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"herald/source/weburl"
)

// WebURL reads an absolute http or https URL, its scheme and host in one spelling (weburl.Host). Its errors
// never hold the URL, which may hold a password.
func WebURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("is not a URL; write one such as https://news.example.org")
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || u.Host == "":
		return nil, errors.New("must be an absolute http or https URL, such as https://news.example.org")
	case u.User != nil:
		return nil, errors.New("must not hold a user name or password")
	case u.Fragment != "" || strings.HasSuffix(text, "#"):
		return nil, errors.New("must not hold a fragment (#…)")
	}
	if n, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || n < 1 || n > 65535) {
		return nil, fmt.Errorf("its port %q is not from 1 to 65535", u.Port())
	}
	u.Host, err = hostOf(u.Host, u.Scheme)
	return u, err
}

// hostOf returns host[:port] in one spelling, without the dot that may end a full name. Where browsers forgive
// a hyphen at the end of a label, it does not (RFC 1123 section 2.1).
func hostOf(written, scheme string) (string, error) {
	written = strings.TrimSuffix(strings.Replace(written, ".:", ":", 1), ".")
	host, ok := weburl.Host(written, scheme)
	name := (&url.URL{Host: host}).Hostname()
	if edged := "." + name + "."; !ok || strings.Contains(edged, "..") || strings.Contains(edged, ".-") || strings.Contains(edged, "-.") {
		return "", fmt.Errorf("its host %q is not a domain name", strings.ToLower((&url.URL{Host: written}).Hostname()))
	}
	return host, nil
}

// Private reports whether readers elsewhere cannot reach host (as WebURL returns it).
func Private(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		addr = addr.Unmap()
		shared := netip.MustParsePrefix("100.64.0.0/10") // RFC 6598
		return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast() || addr.IsUnspecified() || addr.IsMulticast() || shared.Contains(addr)
	}
	if !strings.Contains(host, ".") {
		return true
	}
	for _, tail := range []string{".localhost", ".local", ".internal", ".invalid", ".home.arpa", ".lan"} {
		if strings.HasSuffix(host, tail) {
			return true
		}
	}
	return false
}

// Listen checks a host:port to listen on; the host may be left out.
func Listen(text string) (string, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", errors.New(`must be host:port, such as ":8080" or 127.0.0.1:8080`)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", fmt.Errorf("its port %q is not from 0 to 65535", port)
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" {
		_, err = hostOf(host, "")
		return text, err
	}
	return text, nil
}

// DeadPing returns what replaces an address that once took pings and no longer does; "" for others.
func DeadPing(u *url.URL) string {
	host := strings.TrimPrefix(u.Hostname(), "www.")
	path := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	ping := strings.HasSuffix(path, "/ping") || strings.Contains(path, "/ping.aspx")
	switch {
	case (host == "google.com" || strings.HasPrefix(host, "google.")) && ping:
		return "Google's sitemap ping is gone since 2023; robots.txt and the Search Console name the sitemap instead, herald writes the Sitemap line"
	case (host == "bing.com" || host == "ssl.bing.com") && ping:
		return "Bing's sitemap ping is gone since 2022; IndexNow replaces it: https://api.indexnow.org/indexnow"
	case strings.HasPrefix(host, "webmaster.yandex.") && ping, host == "blogs.yandex.ru" && ping:
		return "Yandex's ping is gone; IndexNow replaces it: https://yandex.com/indexnow"
	case host == "blogsearch.google.com":
		return "Google's blog ping is gone; a WebSub hub replaces it: notify.websub.hubs"
	case host == "ping.baidu.com":
		return "Baidu's ping is gone; nothing in herald replaces it"
	case host == "api.naver.com" || host == "syndication.openapi.naver.com":
		return "Naver's Syndication is gone; IndexNow replaces it: https://searchadvisor.naver.com/indexnow"
	}
	return ""
}
