package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

var (
	label      = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$`)
	numberLike = regexp.MustCompile(`^([0-9]+|0x[0-9a-f]*)$`)
)

// webURL reads an absolute http or https URL and gives it in one spelling: scheme and host in
// lower case, host in punycode, no default port. Its errors never hold the URL, which may hold a
// password.
func webURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("is no URL; write one such as https://news.example.org")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || u.Host == "":
		return nil, errors.New("must be an absolute http or https URL, such as https://news.example.org")
	case u.User != nil:
		return nil, errors.New("must not hold a user name or password")
	case u.Fragment != "" || strings.HasSuffix(text, "#"):
		return nil, errors.New("must not hold a fragment (#…)")
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	if u.Host, err = withPort(host, u); err != nil {
		return nil, err
	}
	return u, nil
}

// asciiHost gives a host as it is looked up. Numbers that only browsers read as an address are
// refused: 127.1 is loopback by another name.
func asciiHost(host string) (string, error) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if addr, err := netip.ParseAddr(host); err == nil && addr.Zone() == "" {
		return addr.String(), nil
	}
	ascii := host
	for _, r := range host {
		if r >= 0x80 {
			var err error
			if ascii, err = idna.Lookup.ToASCII(host); err != nil {
				return "", fmt.Errorf("its host %q is no domain name", host)
			}
			break
		}
	}
	labels := strings.Split(ascii, ".")
	for _, l := range labels {
		if !label.MatchString(l) {
			return "", fmt.Errorf("its host %q is no domain name", host)
		}
	}
	if len(ascii) > 253 || numberLike.MatchString(labels[len(labels)-1]) {
		return "", fmt.Errorf("its host %q is no domain name", host)
	}
	return ascii, nil
}

func withPort(host string, u *url.URL) (string, error) {
	bracketed := host
	if strings.Contains(host, ":") {
		bracketed = "[" + host + "]"
	}
	port := u.Port()
	if port == "" || port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		return bracketed, nil
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return "", fmt.Errorf("its port %q is none of 1 to 65535", port)
	}
	return net.JoinHostPort(host, port), nil
}

// private reports whether readers elsewhere cannot reach host (as asciiHost gives it).
func private(host string) bool {
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

// listenAddress checks a host:port to listen on; the host may be left out.
func listenAddress(text string) error {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return errors.New(`must be host:port, such as ":8080" or 127.0.0.1:8080`)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("its port %q is none of 0 to 65535", port)
	}
	if host == "" {
		return nil
	}
	if addr, err := netip.ParseAddr(host); err == nil && addr.IsValid() {
		return nil
	}
	_, err = asciiHost(host)
	return err
}

// deadPing says what replaces an address that once took pings and no longer does; "" for others.
func deadPing(u *url.URL) string {
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
