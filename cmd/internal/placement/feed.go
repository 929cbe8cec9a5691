package placement

import (
	"maps"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
)

// TermKinds returns the kinds of terms that the feeds ask for.
func (c Config) TermKinds() (kinds []ledger.TermKind) {
	for _, f := range c.Feeds {
		kinds = append(kinds, f.Where.Kinds()...)
		if f.Each != "" {
			kinds = append(kinds, f.Each)
		}
	}
	return kinds
}

// between stands in the name of a feed of a value between the name in the config, which is one line, and the value.
const between = "\n"

// Of returns the feed of one value, of a Feed that is one per value. language is Config.Language.
func (f Feed) Of(value, language string) Feed {
	values := []string{value}
	if f.Each == ledger.ByLanguage && value == language {
		values = append(values, "")
	}
	f.Name += between + value
	f.Where.Also = maps.Clone(f.Where.Also)
	if f.Where.Also == nil {
		f.Where.Also = ledger.Terms{}
	}
	f.Where.Also[f.Each] = values
	f.Each, f.value = "", true
	return f
}

// Prefix begins the names of the feeds of single values.
func (f Feed) Prefix() string { return f.Name + between }

// Value returns of which value a row of a kind has it for Of: a row that names no language has that of the site. "": of none.
func (c Config) Value(kind ledger.TermKind, value string) string {
	if kind == ledger.ByLanguage && value == "" {
		return c.Language
	}
	return value
}

// feedsOf returns the feeds that pick a row.
func (c Config) feedsOf(row *ledger.Article) (all []Feed) {
	for _, f := range c.Feeds {
		if !row.In(f.Where) {
			continue
		}
		if f.Each == "" {
			all = append(all, f)
			continue
		}
		var seen []string
		for _, value := range row.Values(f.Each) {
			if value = c.Value(f.Each, value); value != "" && !slices.Contains(seen, value) {
				seen = append(seen, value)
				all = append(all, f.Of(value, c.Language))
			}
		}
	}
	return all
}

// NextKept returns when the first article that a feed keeps for a while may leave it; 0: none does.
func NextKept(tx *ledger.Tx, c Config) (next int64, err error) {
	err = c.eachKept(tx, func(_ ledger.Kept, until int64) error {
		if next == 0 || until < next {
			next = until
		}
		return nil
	})
	return next, err
}

// Release lets go the articles that feeds have kept for long enough, and those of feeds that keep none. now is in
// milliseconds.
func Release(tx *ledger.Tx, c Config, now int64) error {
	return c.eachKept(tx, func(k ledger.Kept, until int64) error {
		if until > now {
			return nil
		}
		_, err := tx.DropKept(k.Feed, k.Article)
		return err
	})
}

// eachKept calls f with each article that a feed keeps, and until when.
func (c Config) eachKept(tx *ledger.Tx, f func(k ledger.Kept, until int64) error) error {
	all, err := tx.AllKept()
	if err != nil {
		return err
	}
	for _, k := range all {
		if err := f(k, k.Since+c.keep(k.Feed).Milliseconds()); err != nil {
			return err
		}
	}
	return nil
}

// keep returns how long the feed of a name keeps an article; 0 where there is no such feed.
func (c Config) keep(name string) time.Duration {
	for _, f := range c.Feeds {
		if f.Each == "" && f.Name == name || f.Each != "" && len(name) > len(f.Prefix()) && name[:len(f.Prefix())] == f.Prefix() {
			return f.Keep
		}
	}
	return 0
}
