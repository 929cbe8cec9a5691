package feeds

const nsHistory = "http://purl.org/syndication/history/1.0"

// marked reports whether a document bears one of the elements of RFC 5005.
func (h History) marked() bool { return h.Complete || h.Archive }

// write writes a document's place in the history of its feed; link is the name of Atom's link element in it.
func (h History) write(m *markup, link string, kind Kind, mediaType string) {
	for _, to := range []struct{ rel, url string }{{"prev-archive", h.Previous[kind]}, {"current", h.Current[kind]}} {
		if to.url != "" {
			m.empty(link, attr{"href", to.url}, attr{"rel", to.rel}, attr{"type", mediaType})
		}
	}
	switch {
	case h.Archive:
		m.empty("fh:archive")
	case h.Complete:
		m.empty("fh:complete")
	}
}
