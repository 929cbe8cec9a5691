package recovered

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/markup"
)

// Elsewhere takes up, in the first scan of a source, the articles whose URL is no longer, or not yet known to
// be, the one that documents show: undated ones with a date in their URL, and those whose files were renamed meanwhile.
func (r *Rows) Elsewhere() error {
	if !r.First {
		return nil
	}
	u := &unclaimed{rows: r, dated: map[string]map[string][]*ledger.Article{}, ids: map[string]*ledger.Article{}, titles: map[string][]*ledger.Article{}}
	err := r.Tx.Unclaimed(r.Source, func(row *ledger.Article) error {
		u.all = append(u.all, row)
		u.ids[row.Shown.ID] = row
		u.titles[plain(row.Shown.Title)] = append(u.titles[plain(row.Shown.Title)], row)
		return nil
	})
	if err != nil || len(u.all) == 0 {
		return err
	}
	// What has a date in its URL goes first: of it there is no doubt.
	for _, find := range []func(*ledger.Staged) (*ledger.Article, error){u.byDatedURL, u.byWords} {
		err := r.Tx.StagedPages(r.Source, ledger.ByKey, ledger.StagedCandidates, func(s *ledger.Staged) error {
			row, err := find(s)
			if err != nil || row == nil {
				return err
			}
			return r.take(s, row)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// unclaimed are recovered rows whose URLs no entry has.
type unclaimed struct {
	rows   *Rows
	all    []*ledger.Article
	dated  map[string]map[string][]*ledger.Article // by the places of a date in a URL, then by the URL without it
	ids    map[string]*ledger.Article
	titles map[string][]*ledger.Article
}

var number = regexp.MustCompile(`[0-9]+`)

// sameButDate returns the rows at URLs that differ from a model in numbers of its date only: in those that are others
// in the URL of another day.
func (u *unclaimed) sameButDate(model, another string) []*ledger.Article {
	var places []int
	numbers, others := number.FindAllString(model, -1), number.FindAllString(another, -1)
	for i := range min(len(numbers), len(others)) {
		if numbers[i] != others[i] {
			places = append(places, i)
		}
	}
	byURL := u.dated[fmt.Sprint(places)]
	if byURL == nil {
		byURL = map[string][]*ledger.Article{}
		u.dated[fmt.Sprint(places)] = byURL
		for _, row := range u.all {
			url := dateless(row.URL, places)
			byURL[url] = append(byURL[url], row)
		}
	}
	return byURL[dateless(model, places)]
}

// dateless returns a URL with the numbers at some places left out.
func dateless(url string, places []int) string {
	i := -1
	return number.ReplaceAllStringFunc(url, func(n string) string {
		if i++; slices.Contains(places, i) {
			return "0"
		}
		return n
	})
}

// byDatedURL finds the row of an undated entry whose permalink has a date in it, and dates the entry: on the day that a
// document returns the article, or else the URL itself.
func (u *unclaimed) byDatedURL(s *ledger.Staged) (*ledger.Article, error) {
	if s.Link == "" || s.Published != 0 {
		return nil, nil
	}
	model := u.at(s, modelDay)
	for _, row := range u.sameButDate(model, u.at(s, anotherDay)) {
		if u.rows.Taken[row.ID] {
			continue
		}
		for _, ms := range []int64{row.Published, u.dayIn(row.URL, model)} {
			if ms != 0 && u.at(s, ms) == row.URL {
				s.Published, s.DatedBy = ms, source.DatedByRecovery
				return row, nil
			}
		}
	}
	return nil, nil
}

// at returns the URL of an entry that waits for a date, as it would be on that date.
func (u *unclaimed) at(s *ledger.Staged, ms int64) string {
	try := *s
	try.Published = ms
	u.rows.Locate(&try)
	return try.URL
}

// modelDay is a day whose parts cannot be taken for one another: 2345-06-18, noon. Another day has none of them.
var (
	modelDay   = ledger.Millis(time.Date(2345, 6, 18, 12, 0, 0, 0, time.UTC))
	anotherDay = ledger.Millis(time.Date(2456, 9, 25, 23, 34, 45, 0, time.UTC))
)

// dayIn reads the day out of a URL by what stands in the same places as the model's: its first
// moment in the source's zone; 0 if there is none.
func (u *unclaimed) dayIn(url, model string) int64 {
	var year, month, day string
	values, places := number.FindAllString(url, -1), number.FindAllString(model, -1)
	for i, place := range places {
		switch {
		case place == "2345" && year == "":
			year = values[i]
		case (place == "06" || place == "6") && month == "":
			month = values[i]
		case place == "18" && day == "":
			day = values[i]
		}
	}
	t, err := time.ParseInLocation("2006-1-2", year+"-"+cmp.Or(month, "1")+"-"+cmp.Or(day, "1"), u.rows.Zone)
	if err != nil {
		return 0
	}
	return ledger.Millis(t)
}

// byWords finds the row of an article that has another URL now: by the id that it claims, else by its title, the date that
// it gives, if it does, and the summary that a feed showed. Where two fit, none does.
func (u *unclaimed) byWords(s *ledger.Staged) (*ledger.Article, error) {
	r := u.rows
	if there, err := r.Tx.Recovered(s.URL); err != nil || there != nil {
		return nil, err
	}
	if row := u.ids[s.Claim]; s.Claim != "" {
		if row == nil {
			return nil, nil
		}
		if early, err := r.early(s, row); err != nil || early {
			return nil, errors.Join(err, r.RefuseClaim(s, row.URL))
		}
		return row, nil
	}
	var fit *ledger.Article
	for _, row := range u.titles[plain(s.Shown.Title)] {
		if r.Taken[row.ID] {
			continue
		}
		switch same, err := u.same(s, row); {
		case err != nil:
			return nil, err
		case same && fit != nil:
			return nil, nil
		case same:
			fit = row
		}
	}
	return fit, nil
}

// shifted is how far a feed time may be from the date of its article.
const shifted = 3_600_000

// same reports whether an entry with the title of a row is its article.
func (u *unclaimed) same(s *ledger.Staged, row *ledger.Article) (bool, error) {
	dated := s.Published != 0
	if dated && (s.Published > row.Published || row.Published-s.Published >= shifted) {
		return false, nil
	}
	if row.Shown.Summary == "" {
		return dated, nil
	}
	if s.Shown.Summary != "" {
		return plain(s.Shown.Summary) == plain(row.Shown.Summary), nil
	}
	a, err := u.rows.Load(s.Key)
	if err != nil {
		return false, nil // gone since it was listed: the next scan says so
	}
	links := markup.Links{}
	for _, ref := range a.Refs {
		links[ref] = "" // the text of a link is the same without it
	}
	return plain(markup.Summarize(a.Body, links, markup.RenderLinked(a.Body, row.URL, links))) == plain(row.Shown.Summary), nil
}
