package recovery

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/source/weburl"
)

// What was read is put together here: dates, the site, who minted ids.

// date counts back from the oldest recovered date for what only the sitemap lists.
func (s *standing) date() {
	oldest := int64(0)
	for _, a := range s.articles {
		if a.FeedPublished != 0 && (oldest == 0 || a.FeedPublished < oldest) {
			oldest = a.FeedPublished
		}
	}
	if oldest == 0 {
		oldest = s.oldestChange()
	}
	for i := len(s.order) - 1; i >= 0; i-- {
		a := s.articles[s.order[i]]
		if a.FeedPublished != 0 {
			continue
		}
		oldest -= 1000
		a.Published = oldest
		if a.LastMod != 0 && a.LastMod < a.Published {
			a.Published = a.LastMod
		}
	}
}

// oldest returns the oldest of all dates that came back, in milliseconds; "" where there is none.
func (s *standing) oldest() string {
	oldest := int64(0)
	for _, a := range s.articles {
		if at := cmp.Or(a.FeedPublished, a.Published); at != 0 && (oldest == 0 || at < oldest) {
			oldest = at
		}
	}
	if oldest == 0 {
		return ""
	}
	return strconv.FormatInt(oldest, 10)
}

// oldestChange is where counting back begins when no feed stands.
func (s *standing) oldestChange() int64 {
	oldest := int64(feeds.Epoch) * 1000
	for i, url := range s.order {
		if m := s.articles[url].LastMod; m != 0 && (i == 0 || m < oldest || oldest == feeds.Epoch*1000) {
			oldest = m
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
		id := s.articles[item.URL].GUID
		if id == item.ID { // no other feed shows the id itself
			id, _ = url.PathUnescape(strings.ReplaceAll(escaped, "%25", "%"))
		}
		if !weburl.IsIRI(id) && weburl.TagURI(host, ledger.Time(s.articles[item.URL].FeedPublished), id) == item.ID {
			return host
		}
	}
	return ""
}
