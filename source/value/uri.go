// Package value says whether a string of a feed or sitemap is what its place demands: a URI, a date, a language, an address. Each
// function returns the code of the finding, "" where there is nothing to say. The codes are those of the W3C feed
// validator. It touches no disk, clock or network.
package value

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const uriChars = `[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]`

var (
	reference   = Lazy(`^(?:[a-zA-Z][0-9a-zA-Z+\-.]*:)?/{0,2}(?:\[[0-9A-Fa-f:.]+\])?` + uriChars + `*$`)
	absolute    = Lazy(`^[a-zA-Z][0-9a-zA-Z+\-.]*:(?://)?(?:\[[0-9A-Fa-f:.]+\])?` + uriChars + `+$`)
	uriChar     = Lazy(`^` + uriChars + `$`)
	urn         = Lazy(`^[Uu][Rr][Nn]:[a-zA-Z0-9][a-zA-Z0-9-]{1,31}:(?:[a-zA-Z0-9()+,.:=@;$_!*'\-]|%[0-9A-Fa-f]{2})+$`)
	uuid        = Lazy(`^(?i:urn:uuid:)[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$`)
	tag         = Lazy(`^tag:(?:[a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(?:#[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*)?$`)
	badEscape   = Lazy(`%(?:[^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)`)
	schemeName  = Lazy(`^[a-zA-Z]+$`)
	httpAddress = Lazy(`^(?i)https?://(?:(?:[0-9]{1,3}\.){3}|(?:[A-Z0-9\-]+\.)+)[A-Z0-9][-A-Z0-9]*(?::\d+)?(?:[/?#]|$)`)
	hostless    = Lazy(`^\w+://[^/]`)
)

// schemes are the registered ones that feeds use (IANA, uri-schemes).
var schemes = strings.Fields("ftp http gopher mailto news nntp telnet wais file prospero cid mid vemmi service imap nfs acap rtsp tip pop data dav " +
	"opaquelocktoken sip sips tel fax modem ldap https urn go ipp tftp mupdate pres im mtqp dict snmp crid tag dns info aaa aaas cap iax icap iris " +
	"msrp msrps shttp thismessage tv xmpp about acct geo ni nih sms stun turn vnc ws wss")

// URI judges a URI reference (RFC 3986). other is the code for what is none and has no code of its own.
func URI(s, other string) string { return judge(s, reference, other) }

// FullURI judges a URI with its scheme.
func FullURI(s, other string) string { return judge(s, absolute, other) }

// IRI judges a reference that may hold characters beyond ASCII (RFC 3987).
func IRI(s, other string) string { return judge(ascii(s), reference, other) }

// FullIRI judges an IRI with its scheme.
func FullIRI(s, other string) string { return judge(ascii(s), absolute, other) }

func judge(s string, form func() *regexp.Regexp, other string) string {
	scheme, _, hasScheme := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	switch {
	case hasScheme && scheme == "tag":
		return unless(tag().MatchString(s), "InvalidTAG")
	case hasScheme && scheme == "urn":
		if strings.HasPrefix(strings.ToLower(s), "urn:uuid:") && !uuid().MatchString(s) {
			return "InvalidUUID"
		}
		return unless(urn().MatchString(s), "InvalidURN")
	case !form().MatchString(s):
		return misspelt(s, form, other)
	case badEscape().MatchString(s):
		return "InvalidUriChar"
	case scheme == "http" || scheme == "https" || scheme == "ftp":
		return unless(!hasScheme || hostless().MatchString(s), other)
	case hasScheme && schemeName().MatchString(scheme) && !slices.Contains(schemes, scheme):
		return "SchemeNotIANARegistered"
	}
	return ""
}

// misspelt says why s is not of a form.
func misspelt(s string, form func() *regexp.Regexp, other string) string {
	for _, r := range s {
		if r < utf8.RuneSelf && !uriChar().MatchString(string(r)) {
			return "InvalidUriChar"
		}
	}
	if plain := ascii(s); plain != s && form().MatchString(plain) {
		return "UriNotIri"
	}
	return other
}

func unless(ok bool, code string) string {
	if ok {
		return ""
	}
	return code
}

// ascii puts a letter for every character that an IRI may have and a URI may not.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xA0 && r != utf8.RuneError {
			return 'x'
		}
		return r
	}, s)
}

// HTTP judges the URL of a file that readers download.
func HTTP(s string) string {
	return unless(httpAddress().MatchString(s) && absolute().MatchString(s), "InvalidURLAttribute")
}

// IsAbsolute reports whether s names a scheme.
func IsAbsolute(s string) bool { return absolute().MatchString(ascii(s)) }
