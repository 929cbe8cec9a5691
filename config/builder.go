package config

import (
	"cmp"
	"path/filepath"
	"strings"

	"herald/config/address"
	"herald/source/text"
)

// builder makes a Config of checked values and checks what values mean together.
type builder struct {
	faults *faults
	file   string // absolute, as dir is
	dir    string
	site   Site
	to     Path
	kinds  map[string][]string // Options.SourceKinds

	feedClaims []claim // the documents of the feeds
}

// required returns v's text, and reports a fault where it is not given.
func (b *builder) required(v *value) string {
	if !v.given {
		b.faults.of(v, "is required")
	}
	return v.text
}

// parsed returns what parse reads in v, and reports the fault that it finds there.
func parsed[T any](b *builder, v *value, parse func(string) (T, error)) T {
	var zero T
	if v.bad {
		return zero
	}
	got, err := parse(v.text)
	if err != nil {
		b.faults.of(v, "%v", err)
		return zero
	}
	return got
}

func (b *builder) language(v *value) string {
	if !v.given || v.bad {
		return ""
	}
	tag, ok := text.LanguageTag(v.text)
	if !ok {
		b.faults.of(v, "%q is not a BCP 47 language tag; write one such as ko-KR or en", v.raw)
	}
	return tag
}

func (b *builder) author(v *value) Author {
	a := Author{Name: v.get("name").text, Email: v.get("email").text}
	if email := v.get("email"); email.given && !text.IsEmail(email.text) {
		b.faults.of(email, "is not an e-mail address, such as desk@news.example.org")
	}
	if u := v.get("url"); u.given {
		a.URL = b.url(u)
	}
	return a
}

// url reads an absolute URL in one spelling.
func (b *builder) url(v *value) string {
	if u := parsed(b, v, address.WebURL); u != nil {
		return u.String()
	}
	return ""
}

// path resolves a file or folder against the config's folder.
func (b *builder) path(v *value) Path {
	switch {
	case v.bad || v.text == "":
		return Path{}
	case strings.Contains(v.text, "://"):
		b.faults.of(v, "%s://… is not in this version; only files and folders are", schemeOf(v.text))
	case strings.HasPrefix(v.text, "~"):
		b.faults.of(v, "begins with ~, which only a shell replaces; write the whole path or ${HOME}")
	}
	abs := filepath.Clean(v.text)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(b.dir, abs)
	}
	return Path{Written: v.text, Abs: abs}
}

// schemeOf returns what stands before :// in lower case; "" for a path.
func schemeOf(text string) string {
	scheme, _, found := strings.Cut(text, "://")
	if !found {
		return ""
	}
	return strings.ToLower(scheme)
}

func (b *builder) schedule(v *value) Schedule {
	return parsed(b, v, func(spec string) (Schedule, error) { return ParseSchedule(spec, b.site.Timezone) })
}

// inside reports whether path is folder or lies below it.
func inside(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// within reports a number outside low to high.
func (b *builder) within(v *value, low, high, n int64, words string) {
	if n < low || n > high {
		b.faults.of(v, "must be %s, not %s", words, cmp.Or(v.raw, v.text))
	}
}

// claim is a path that something of this config publishes at.
type claim struct {
	path, owner string
	v           *value
	feedOrMap   bool // an alias may stand for it
}
