package sqlform

import "net/url"

// File names a file of SQLite and how it is opened. A row takes about a kilobyte, so a page of four, the
// default, holds few. Caches are counted in pages: a size in bytes is reckoned before the page's own is set.
func File(path string, extra ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	q := "_pragma=busy_timeout(5000)&_pragma=page_size(8192)&_journal_mode=WAL&_pragma=foreign_keys(1)"
	for _, e := range extra {
		q += "&" + e
	}
	return u.String() + "?" + q
}
