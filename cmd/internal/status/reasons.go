package status

import (
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
)

// reasons says which state a row is in and every rule that put it there.
func (r *Reporter) reasons(row *ledger.Article) (state string, why []string) {
	now := r.now()
	say := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	at := func(ms int64) string { return r.config.Moment(ledger.Time(ms)) }
	state = "public"
	switch {
	case row.RemovedAt != 0:
		state = "removed"
		say("its source listed it no more on %s; its identity is kept", at(row.RemovedAt))
	case row.Flags&ledger.Draft != 0:
		state = "draft"
		say("it is a draft (draft: true, published: false, permalink: false, a status or render that makes no page of it)")
	case row.Expires != 0 && row.Expires <= now:
		state = "expired"
		say("it expired on %s", at(row.Expires))
	case placement.Future(row, now):
		state = "future"
		say("it appears on %s", at(placement.Appears(row)))
	case row.Flags&ledger.Awaited != 0:
		state = "waiting"
	}
	if row.MissingSince != 0 && row.RemovedAt == 0 {
		say("its source has listed it no more since %s; it stays until %s (removal_grace)", at(row.MissingSince), at(row.MissingSince+r.grace(row.Source)))
	}
	return state, append(why, rules(row)...)
}

// waits says what the URL of a row answers that waits for it.
func (r *Reporter) waits(tx *ledger.Tx, row *ledger.Article) (why []string, err error) {
	if row.Flags&ledger.Awaited == 0 || row.RemovedAt != 0 {
		return nil, nil
	}
	w, err := tx.Wait(row.ID)
	at := func(ms int64) string { return r.config.Moment(ledger.Time(ms)) }
	switch {
	case err != nil || w == nil:
		return nil, err
	case w.Live:
		return []string{"its URL answered 200 at " + at(w.Asked) + ": the next publication lets it in"}, nil
	case w.Asks == 0:
		return []string{"it enters the documents once its URL answers 200 (publish_when: live); nobody has asked yet"}, nil
	}
	return []string{fmt.Sprintf("it enters the documents once its URL answers 200 (publish_when: live); at %s %s; it is asked again at %s", at(w.Asked), w.Answer, at(w.Next))}, nil
}

// grace returns how long an article of a source stays when it is missing, in milliseconds.
func (r *Reporter) grace(name string) int64 {
	for _, s := range r.config.Sources {
		if s.Name == name {
			return s.Grace.Milliseconds()
		}
	}
	return 0
}

// rules says in words which rule dated a row, and what keeps it out of some documents.
func rules(row *ledger.Article) (why []string) {
	switch row.DatedBy {
	case source.DatedByFrontMatter:
		why = append(why, "dated by its front matter")
	case source.DatedByFileName:
		why = append(why, "dated by its file name")
	case source.DatedByGit:
		why = append(why, "dated by the commit that added its file")
	case source.DatedByDateline:
		why = append(why, "dated by a dateline in its text")
	case source.DatedByFirstSeen:
		why = append(why, "undated: dated by its first sight")
	case source.DatedByAdopted:
		why = append(why, "undated: its date was adopted from a feed")
	case source.DatedByRecovery:
		why = append(why, "undated: its date was recovered from a published document")
	}
	if row.FirstSight {
		why = append(why, "no lastmod: all that is known of its age is a first sight in a first scan")
	}
	if row.IsPage() {
		why = append(why, "page: undated beside dated ones, so in the sitemap only, until it gets a date")
	}
	for _, f := range []struct {
		flag  ledger.Flags
		words string
	}{
		{ledger.NoIndex, "robots: noindex, or a canonical link to another page of the site, keeps it out of the sitemap"},
		{ledger.NoSitemap, "sitemap: false keeps it out of the sitemap"},
		{ledger.NoFeed, "feed: false, undated: sitemap_only, or a canonical link to another page of the site, keeps it out of feeds"},
		{ledger.Foreign, "it stands on another host, or its canonical_url does, which keeps it out of the sitemap"},
	} {
		if row.Flags&f.flag != 0 {
			why = append(why, f.words)
		}
	}
	return why
}
