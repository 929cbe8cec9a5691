package value

import (
	"strings"

	"herald/source/text"
)

var (
	mime     = Lazy(`^[^\s()<>,;:\\"/[\]?=]+/[^\s()<>,;:\\"/[\]?=]+(?:\s*;\s*[^\s()<>,;:\\"/[\]?=]+=(?:"(?:\\"|[^"])*"|[^\s()<>,;:\\"/[\]?=]+))*$`)
	address  = Lazy(`^(?i)[A-Z0-9_\-+.'!#$%&*/=?^` + "`" + `{|}~]+@(?:(?:[0-9]{1,3}\.){3}|(?:[A-Z0-9\-]+\.)+)[A-Z0-9][-A-Z0-9]*$`)
	local    = Lazy(`^[\w.%+-]+@[A-Za-z][\w.-]+$`)
	bracket  = Lazy(`<([^<>]*@[^<>]*)>`)
	named    = Lazy(`(?s)^([^()\s]*@[^()\s]*)\s*\((.*)\)$`)
	inText   = Lazy(`(?i)<[A-Z0-9_\-+.'!#$%&*/=?^` + "`" + `{|}~]+@(?:[A-Z0-9\-]+\.)+[A-Z0-9][-A-Z0-9]*>`)
	floating = Lazy(`^\d+\.?\d*$`)
)

// MIME judges a media type (RFC 2045).
func MIME(s, code string) string { return unless(mime().MatchString(s), code) }

// Language judges a language tag (BCP 47).
func Language(s string) string {
	_, ok := text.LanguageTag(strings.TrimSpace(s))
	return unless(ok || strings.EqualFold(s, "und"), "InvalidLanguage")
}

// Email judges an e-mail address alone (RFC 2822 addr-spec). other is the code for what is none.
func Email(s, other string) string {
	switch {
	case address().MatchString(s):
		return ""
	case local().MatchString(s):
		return "UnknownHost"
	}
	return other
}

// Contact judges the address of a person as RSS has it: editor@example.org (Name).
func Contact(s string) string {
	if m := named().FindStringSubmatch(s); m != nil {
		return Email(m[1], "InvalidContact")
	}
	if m := bracket().FindStringSubmatch(s); m != nil {
		return Email(m[1], "InvalidContact")
	}
	return Email(s, "InvalidContact")
}

// HoldsEmail reports whether an address stands in angle brackets in s.
func HoldsEmail(s string) bool { return inText().MatchString(s) }

// Float judges a number that may have a fraction.
func Float(s string) string { return unless(floating().MatchString(s), "InvalidFloat") }
