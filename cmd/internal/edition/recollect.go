package edition

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/source/weburl"
)

// What recall read is put together here: dates, the site, who minted ids.

// date counts back from the oldest recovered date for what only the sitemap lists.
func (r *recalled) date() {
	oldest := int64(0)
	for _, a := range r.articles {
		if a.FeedPublished != 0 && (oldest == 0 || a.FeedPublished < oldest) {
			oldest = a.FeedPublished
		}
	}
	if oldest == 0 {
		oldest = r.oldestChange()
	}
	for i := len(r.order) - 1; i >= 0; i-- {
		a := r.articles[r.order[i]]
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

// oldest gives the oldest of all dates that came back, in milliseconds; "" where there is none.
func (r *recalled) oldest() string {
	oldest := int64(0)
	for _, a := range r.articles {
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
func (r *recalled) oldestChange() int64 {
	oldest := int64(feeds.Epoch) * 1000
	for i, url := range r.order {
		if m := r.articles[url].LastMod; m != 0 && (i == 0 || m < oldest || oldest == feeds.Epoch*1000) {
			oldest = m
		}
	}
	return oldest
}

// siteOf gives the site of what a sitemap of one file lists, where that is another host than ours:
// below our path, if all of it stands there.
func (r *recalled) siteOf() string {
	ours, err := url.Parse(r.e.Site.URL.String())
	if err != nil || len(r.order) == 0 {
		return ""
	}
	host, path := "", ours.Path
	for _, loc := range r.order {
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

// authority gives the host that tag: URIs were minted under; "" where no document shows one.
func (r *recalled) authority() string {
	for _, item := range r.minted {
		host, rest, _ := strings.Cut(strings.TrimPrefix(item.ID, "tag:"), ",")
		_, escaped, _ := strings.Cut(rest, ":")
		id := r.articles[item.URL].GUID
		if id == item.ID { // no other feed shows the id itself
			id, _ = url.PathUnescape(strings.ReplaceAll(escaped, "%25", "%"))
		}
		if !weburl.IsIRI(id) && weburl.TagURI(host, ledger.Time(r.articles[item.URL].FeedPublished), id) == item.ID {
			return host
		}
	}
	return ""
}
