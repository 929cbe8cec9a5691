package placement

import (
	"time"

	"herald/cmd/internal/ledger"
)

// Standing is how many living articles a source has, by what becomes of them. The parts add up to Articles.
type Standing struct {
	Articles int64     `json:"articles"`
	Public   int64     `json:"public"` // also those that their own words keep out of feeds and sitemap
	Drafts   int64     `json:"drafts,omitempty"`
	Future   int64     `json:"future,omitempty"`
	Appears  time.Time `json:"appears,omitzero"` // when the first of the future ones does
	Expired  int64     `json:"expired,omitempty"`
	Waiting  int64     `json:"waiting,omitempty"` // for their URL to answer 200 (publish_when: live)
}

// StandingOf counts the articles of a source at now, in milliseconds, as documents have them.
func StandingOf(tx *ledger.Tx, source string, now int64) (Standing, error) {
	record, err := tx.Source(source)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Articles: record.Articles, Public: record.Articles}
	if record.Readers == record.Articles {
		return s, nil
	}
	h, err := tx.Hidden(source, now)
	if err != nil {
		return s, err
	}
	s.Drafts, s.Future, s.Expired, s.Waiting, s.Appears = h.Drafts, h.Future, h.Expired, h.Awaited, ledger.Time(h.First)
	s.Public -= h.Drafts + h.Future + h.Expired + h.Awaited
	return s, nil
}

// Plus returns the sum of two counts.
func (s Standing) Plus(o Standing) Standing {
	if s.Appears.IsZero() || !o.Appears.IsZero() && o.Appears.Before(s.Appears) {
		s.Appears = o.Appears
	}
	return Standing{
		Articles: s.Articles + o.Articles, Public: s.Public + o.Public, Drafts: s.Drafts + o.Drafts, Future: s.Future + o.Future, Appears: s.Appears,
		Expired: s.Expired + o.Expired, Waiting: s.Waiting + o.Waiting,
	}
}
