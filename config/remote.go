package config

import (
	"strings"

	"herald/config/address"
	"herald/source/weburl"
)

// kindOf returns the kind of a source: its type, else that of its url or path.
func kindOf(v *value) string {
	switch u := v.get("url"); {
	case !u.given || v.get("type").given:
		return v.get("type").text
	case v.get("preset").given || strings.Contains(u.text, "/wp-json/") || strings.Contains(u.text, "/ghost/api/content/"):
		return "json"
	}
	return "feed"
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
		if !address.IsHeader(name) {
			b.faults.of(v.get("headers").keys[name], "%q is not a header name", name)
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
