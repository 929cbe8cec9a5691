package status

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/outbox"
	"herald/source/near"
	"herald/source/text"
	"herald/source/weburl"
)

// Elsewhere explains what is no article by that name: a document of ours, a URL of another host, a file that no source reads; else
// the articles of that title. ErrUnknown: it is nothing of these, and the error names what comes near.
func (r *Reporter) Elsewhere(ctx context.Context, name string) ([]Explanation, error) {
	x, err := r.document(ctx, name)
	if err == nil && x == nil {
		x = r.outside(name)
	}
	if err != nil || x != nil {
		return listOf(x), err
	}
	all, close, err := r.byTitle(ctx, name)
	switch {
	case err != nil || len(all) > 0:
		return all, err
	case len(close) > 0:
		return nil, fmt.Errorf("%w; a title that comes near: %s", ErrUnknown, strings.Join(close, ", "))
	}
	return nil, fmt.Errorf("%w: no file, URL, id or title of this site is so; herald check lists what is refused or passed over", ErrUnknown)
}

// listOf returns a list of one, or of none for nil.
func listOf(x *Explanation) []Explanation {
	if x == nil {
		return nil
	}
	return []Explanation{*x}
}

// document explains a document of ours by its URL, its path on the site or its file; nil: it is none.
func (r *Reporter) document(ctx context.Context, name string) (*Explanation, error) {
	path, ours := r.pathOf(name)
	if !ours {
		return nil, nil
	}
	for _, file := range r.files(name) {
		rel, err := filepath.Rel(r.config.To, file)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if x, err := r.documentAt(ctx, filepath.ToSlash(rel)); x != nil || err != nil {
			return x, err
		}
	}
	return r.documentAt(ctx, path)
}

// files returns the files that a name may mean, from the current folder and from the config's; none for a URL.
func (r *Reporter) files(name string) []string {
	abs, err := filepath.Abs(name)
	if err != nil || strings.Contains(name, "://") {
		return nil
	}
	return []string{abs, filepath.Join(r.config.Dir, name)}
}

// outside explains a URL of another host and a file that no source reads; nil: it is neither.
func (r *Reporter) outside(name string) *Explanation {
	x := &Explanation{State: "no article", Documents: []string{}, Told: []outbox.Notice{}}
	if host, ours := r.pathOf(name); !ours {
		if r.readsFrom(host) {
			return nil // a source reads there, and knows nothing of it
		}
		x.URL, x.Why = name, []string{fmt.Sprintf("its host is %s, and the site's is %s: nothing of this site stands there", host, r.host())}
		return x
	}
	for _, file := range r.files(name) {
		info, err := os.Stat(file)
		if err != nil {
			continue
		}
		why := "it lies outside of what the sources read: "
		if info.IsDir() {
			why = "it is a folder, and no article; the sources read: "
		}
		x.Key, x.Why = name, []string{why + strings.Join(r.config.Reads, ", ")}
		return x
	}
	return nil
}

// readsFrom reports whether a source reads what is on a host.
func (r *Reporter) readsFrom(host string) bool {
	return slices.ContainsFunc(r.config.Reads, func(where string) bool {
		u, err := url.Parse(where)
		return err == nil && u.Host == host
	})
}

// nearTitles is how many titles are named that nearly are what was asked for.
const nearTitles = 5

// byTitle returns the life of the articles of a title, in any case; where none has it, the titles that come near it.
func (r *Reporter) byTitle(ctx context.Context, title string) (all []Explanation, close []string, err error) {
	wanted := fold(title)
	if wanted == "" {
		return nil, nil, nil
	}
	var titles []string
	places := map[string]string{}
	err = r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		var found []*ledger.Article
		err := tx.All(func(row *ledger.Article) error {
			has := fold(row.Shown.Title)
			switch {
			case has == wanted && len(found) < nearTitles:
				found = append(found, row)
			case strings.Contains(has, wanted) && len(close) < nearTitles:
				close = append(close, titled(row))
			case len(titles) < maxTitles:
				titles, places[has] = append(titles, has), titled(row)
			}
			return ctx.Err()
		})
		for _, row := range found {
			copied, lifeErr := tx.Copies().Of(row.ID)
			if lifeErr != nil {
				return lifeErr
			}
			x, lifeErr := r.life(tx, row, copied)
			if lifeErr != nil {
				return lifeErr
			}
			all = append(all, *x)
		}
		return err
	})
	if best := near.Name(wanted, titles); best != "" && len(close) == 0 {
		close = append(close, places[best])
	}
	return all, close, err
}

// maxTitles is how many titles the nearest is looked for among.
const maxTitles = 20_000

// fold returns a title as titles are compared.
func fold(title string) string { return strings.ToLower(text.Collapse(text.NFC(title))) }

// titled names an article by its title and place.
func titled(row *ledger.Article) string {
	return fmt.Sprintf("%q (%s)", row.Shown.Title, row.Shown.Place)
}

// documentAt explains the published document at a path below publish.to, decoded; nil: none stands there.
func (r *Reporter) documentAt(ctx context.Context, path string) (x *Explanation, err error) {
	path = text.NFC(strings.TrimPrefix(path, "/"))
	err = r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipt, found, err := tx.Receipt(path)
		if err != nil || !found {
			return err
		}
		where, err := r.config.Placement.Site.Join("/" + path)
		if err != nil {
			return err
		}
		x = &Explanation{URL: where, State: "document", Documents: []string{}, Told: []outbox.Notice{}}
		say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
		say("%s, made by herald: no article", r.kindOf(receipt))
		say("%d bytes, changed %s", receipt.Size, r.config.Moment(ledger.Time(receipt.Changed)))
		if receipt.LeftAt != 0 {
			say("it was replaced on %s and stands thirty days more", r.config.Moment(ledger.Time(receipt.LeftAt)))
		}
		notices, err := tx.Notices().Of(where)
		for _, n := range notices {
			x.Told = append(x.Told, outbox.NoticeOf(n))
		}
		return err
	})
	return x, err
}

// kindOf says what a document is.
func (r *Reporter) kindOf(receipt ledger.Receipt) string {
	if target := r.config.Aliases["/"+receipt.Path]; target != "" {
		return "an old path of " + target + " (aliases), with the same bytes"
	}
	if strings.HasPrefix(receipt.Kind, ledger.KindArchive) {
		return "an archive document of a feed"
	}
	words, known := map[string]string{
		"rss": "an RSS feed", "atom": "an Atom feed", "json": "a JSON feed", "page": "a page of a feed for people", "opml": "the list of all feeds",
		"urlset": "the sitemap", "index": "the index of the sitemap", ledger.KindSitemapChild: "a part of the sitemap", "robots": "robots.txt",
		"key": "the IndexNow key, by which search engines know that the site is ours",
	}[receipt.Kind]
	if !known {
		return "a document"
	}
	return words
}

// pathOf returns the path below the site that a URL or path means; false where it is a URL of another host, which is returned.
func (r *Reporter) pathOf(name string) (path string, ours bool) {
	site := r.config.Placement.Site
	if !strings.Contains(name, "://") {
		return strings.TrimPrefix(name, "./"), true
	}
	joined, err := site.Join(name)
	if err != nil {
		if u, err := url.Parse(name); err == nil {
			return u.Host, false
		}
		return name, false
	}
	path = strings.TrimPrefix(joined, site.String())
	if file, err := site.FilePath(path); err == nil {
		return file, true
	}
	return path, true
}

// host returns the host of the site as people read it.
func (r *Reporter) host() string {
	return strings.TrimPrefix(weburl.Readable("http://"+r.config.Placement.Site.Host()), "http://")
}
