package config

import (
	"net/url"
	"strings"

	"herald/source/weburl"
)

// kindOf returns the kind of a source: its type, else that of its url or path.
func kindOf(v *value) string {
	if v.get("url").given && !v.get("type").given {
		return "feed"
	}
	return v.get("type").text
}

// remote returns where a remote source is.
func (b *builder) remote(v *value, kind string) string {
	u := v.get("url")
	if b.kinds == nil && kind == "files" || !b.takes(kind, "url") || b.takes(kind, "path") && !u.given {
		return ""
	}
	b.required(u)
	if !u.given || u.bad {
		return ""
	}
	if _, err := weburl.Normal(u.text); err != nil {
		b.faults.of(u, "must be an absolute http or https URL without a user; credentials go into headers")
		return ""
	}
	for _, name := range v.get("headers").order {
		if !isHeader(name) {
			b.faults.of(v.get("headers").keys[name], "%q is no name of a header", name)
		}
	}
	return u.text
}

// database checks that a source of a database says what is read, once.
func (b *builder) database(v *value) {
	b.required(v.get("dsn"))
	switch query, table := v.get("query"), v.get("table"); {
	case !query.given && !table.given:
		b.faults.of(query, "is required, or table: articles in its place")
	case query.given && table.given:
		b.faults.of(table, "stands beside query; one of them says what is read")
	}
}

// isHeader reports whether a text may be the name of a header (RFC 9110 section 5.6.2).
func isHeader(name string) bool {
	const marks = "!#$%&'*+-.^_`|~"
	return name != "" && strings.IndexFunc(name, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune(marks, r)
	}) < 0
}

// hostOf returns the host of a URL, as the name of its source.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Hostname()
}

// texts returns the members of a mapping to texts; nil where it has none.
func texts(v *value) map[string]string {
	var all map[string]string
	for _, name := range v.order {
		if all == nil {
			all = map[string]string{}
		}
		all[name] = v.keys[name].text
	}
	return all
}
