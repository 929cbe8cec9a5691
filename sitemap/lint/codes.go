package lint

import (
	"maps"
	"sync"

	"herald/source/finding"
	"herald/source/xmlscan"
)

// The codes: what each means for crawlers, and what to do.

// rules are all codes of this package.
var rules = sync.OnceValue(func() map[string]finding.Rule {
	all := map[string]finding.Rule{}
	maps.Copy(all, xmlscan.Rules())
	for code, advice := range errorCodes {
		all[code] = finding.Rule{Severity: finding.Error, Advice: advice}
	}
	for code, advice := range warningCodes {
		all[code] = finding.Rule{Severity: finding.Warning, Advice: advice}
	}
	return all
})

// errorCodes are faults for which a crawler refuses the file, the entry or the value.
var errorCodes = map[string]string{
	"DuplicateElement":        "keep one of the two",
	"InvalidAlternate":        `write rel="alternate"`,
	"InvalidChangeFreq":       "write always, hourly, daily, weekly, monthly, yearly or never, or leave it out: crawlers ignore it",
	"InvalidDuration":         "write seconds, from 1 to 28800",
	"InvalidInteger":          "write a whole number",
	"InvalidLanguage":         "write a language tag: ko, or ko-KR in hreflang",
	"InvalidLink":             "write the whole http or https URL",
	"InvalidNamespace":        "use http://www.sitemaps.org/schemas/sitemap/0.9",
	"InvalidPriority":         "write a number from 0.0 to 1.0, or leave it out: crawlers ignore it",
	"InvalidRating":           "write a number from 0.0 to 5.0",
	"InvalidTAG":              "write the whole http or https URL",
	"InvalidURN":              "write the whole http or https URL",
	"InvalidUUID":             "write the whole http or https URL",
	"InvalidUriChar":          "percent-encode what may not stand in a URL",
	"InvalidW3CDTFDate":       "write the date as 2006-01-02, or 2006-01-02T15:04:05+09:00",
	"InvalidYesNo":            "write yes or no",
	"MissingElement":          "add the element: crawlers demand it",
	"MissingNamespace":        `add xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`,
	"NotBlank":                "fill it in, or leave it out",
	"SchemeNotIANARegistered": "write the whole http or https URL",
	"TooBig":                  "a sitemap may have 52,428,800 bytes, not compressed: split it, and list the parts in an index",
	"TooLong":                 "shorten it",
	"TooManyImages":           "an entry may have 1,000 images",
	"TooManyNews":             "a file may have 1,000 <news:news>: split it",
	"TooManyURLs":             "a sitemap may have 50,000 entries: split it, and list the parts in an index",
	"TooManyTags":             "a video may have 32 tags",
	"UndefinedElement":        "there is no such element here: fix its name or place, or leave it out",
	"UnexpectedText":          "no text stands here: move it into an element, or leave it out",
	"UriNotIri":               "write the URL in ASCII: the host in punycode, the rest percent-encoded",
	"VideoIsPage":             "name the file or player of the video, not the page",
}

// warningCodes are what crawlers read and somebody will regret.
var warningCodes = map[string]string{
	"DuplicateAlternate":   "name one page for each language",
	"DuplicateLoc":         "list each address once",
	"EmptySitemap":         "search engines complain about a sitemap without addresses: list the home page",
	"FragmentInLoc":        "crawlers leave out what follows #: list the page",
	"ImplausibleDate":      "Bing refuses times in the future: write when the page last changed",
	"MissingSelfAlternate": "name the page itself among its languages: Google ignores the others without it",
	"ObsoleteElement":      "Google reads it no more: leave it out",
	"ObsoleteNamespace":    "use http://www.sitemaps.org/schemas/sitemap/0.9",
	"OldNews":              "Google News takes articles of the last two days: take the <news:news> out",
	"OtherHost":            "crawlers take it only if robots.txt of that host names this sitemap: list each host in its own sitemap",
	"OutOfScope":           "a sitemap speaks for its own folder: put it at the root of the site",
	"ParenthesesInName":    "write the name exactly as Google News shows it, without parentheses",
	"TooBigForNaver":       "Naver refuses sitemaps over 10 MB: split it, and list the parts in an index",
}
