package recovery

import (
	"net/url"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/source/weburl"
)

// What was read is put together here: dates, the site, who minted ids.

// date counts back from the oldest recovered date for what only the sitemap lists; from the oldest change where no feed
// stands.
func (s *standing) date() {
	last := s.oldest(func(a *ledger.Article) int64 { return a.Published })
	if last == 0 {
		last = s.oldest(func(a *ledger.Article) int64 { return a.Updated })
	}
	if last == 0 {
		last = feeds.Epoch * 1000
	}
	for _, url := range slices.Backward(s.order) {
		if a := s.articles[url]; a.Published == 0 {
			last -= 1000
			if a.Published = last; a.Updated != 0 {
				a.Published = min(last, a.Updated)
			}
		}
	}
}

// oldest returns the oldest of a time of all articles; 0 where none has it.
func (s *standing) oldest(time func(*ledger.Article) int64) (oldest int64) {
	for _, a := range s.articles {
		if at := time(a); at != 0 && (oldest == 0 || at < oldest) {
			oldest = at
		}
	}
	return oldest
}

// siteOf returns the site of what a sitemap of one file lists, where that is another host than ours:
// below our path, if all of it stands there.
func (s *standing) siteOf() string {
	ours, err := url.Parse(s.recovery.site())
	if err != nil || len(s.order) == 0 {
		return ""
	}
	host, path := "", ours.Path
	for _, loc := range s.order {
		u, err := url.Parse(loc)
		if err != nil {
			return ""
		}
		if !strings.HasPrefix(u.Path, path+"/") {
			path = ""
		}
		host = u.Scheme + "://" + u.Host
	}
	if host == ours.Scheme+"://"+ours.Host {
		return ""
	}
	return host + path
}

// authority returns the host that tag: URIs were minted under; "" where no document shows one.
func (s *standing) authority() string {
	for _, item := range s.minted {
		host, rest, _ := strings.Cut(strings.TrimPrefix(item.ID, "tag:"), ",")
		_, escaped, _ := strings.Cut(rest, ":")
		id := s.articles[item.URL].Shown.ID
		if id == item.ID { // no other feed shows the id itself
			id, _ = url.PathUnescape(strings.ReplaceAll(escaped, "%25", "%"))
		}
		if !weburl.IsIRI(id) && weburl.TagURI(host, ledger.Time(s.articles[item.URL].Published), id) == item.ID {
			return host
		}
	}
	return ""
}
