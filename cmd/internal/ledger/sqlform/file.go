package sqlform

import "net/url"

// File names a file of SQLite and how it is opened. A row takes about a kilobyte, so a page of four, the
// default, holds few. Caches are counted in pages: a size in bytes is reckoned before the page's own is set.
func File(path string, extra ...string) string {
	return named(path, "_pragma=busy_timeout(5000)&_pragma=page_size(8192)&_journal_mode=WAL&_pragma=foreign_keys(1)", extra)
}

// Reading names a file of SQLite that is opened for reading only. Nothing of it is set.
func Reading(path string, extra ...string) string {
	return named(path, "_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(750)", extra)
}

func named(path, query string, extra []string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	for _, e := range extra {
		query += "&" + e
	}
	return u.String() + "?" + query
}
