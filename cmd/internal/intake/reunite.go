package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/markup"
	"herald/source/safehtml"
)

// reunion finds, in the first scan after a ledger was lost, the articles whose URL is no longer, or
// not yet known to be, the one that standing documents show: undated ones with a date in their URL, and
// those whose files were renamed meanwhile.
type reunion struct {
	resolver *resolver
	all      []ledger.Recovered
	dated    map[string]map[string][]*ledger.Recovered // by the places of a date in a URL, then by the URL without it
	ids      map[string]*ledger.Recovered
	titles   map[string][]*ledger.Recovered
	done     map[string]bool // URLs that an entry has taken
}

// reunite finds what was recovered of such articles, and keeps it for when their rows are made.
func (r *resolver) reunite() error {
	if count, err := r.tx.RecoveredCount(); err != nil || count == 0 || !r.scan.first {
		return err
	}
	all, err := r.tx.Unclaimed(r.source)
	if err != nil || len(all) == 0 {
		return err
	}
	r.scan.recoveredAt = map[string]string{}
	u := &reunion{
		resolver: r, all: all, dated: map[string]map[string][]*ledger.Recovered{}, ids: map[string]*ledger.Recovered{},
		titles: map[string][]*ledger.Recovered{}, done: map[string]bool{},
	}
	for i := range all {
		rec := &all[i]
		if rec.GUID != "" {
			u.ids[rec.GUID] = rec
		}
		if title := plain(rec.Title); title != "" {
			u.titles[title] = append(u.titles[title], rec)
		}
	}
	// What has a date in its URL goes first: of it there is no doubt.
	for _, find := range []func(*ledger.Staged) (*ledger.Recovered, error){u.byDatedURL, u.byWords} {
		err := r.tx.StagedPages(r.source, ledger.ByKey, ledger.StagedCandidates, func(s *ledger.Staged) error {
			rec, err := find(s)
			if err != nil || rec == nil {
				return err
			}
			return u.join(s, rec)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// join gives an entry what was recovered of its article.
func (u *reunion) join(s *ledger.Staged, rec *ledger.Recovered) error {
	u.done[rec.URL] = true
	if s.Published == 0 {
		s.Published, s.DatedBy = max(rec.Published, rec.FeedPublished), source.DatedByRecovery
	}
	if s.Link != "" {
		u.resolver.scan.entries.relocate(s)
	}
	if s.Kind == ledger.Refused {
		return u.resolver.tx.Restage(s)
	}
	u.resolver.scan.recoveredAt[s.Key] = rec.URL
	return u.resolver.tx.Restage(s)
}

var number = regexp.MustCompile(`[0-9]+`)

// sameButDate gives what was recovered at URLs that differ from a model in numbers of its date only: in
// those that are others in the URL of another day.
func (u *reunion) sameButDate(model, another string) []*ledger.Recovered {
	var places []int
	numbers, others := number.FindAllString(model, -1), number.FindAllString(another, -1)
	for i := range min(len(numbers), len(others)) {
		if numbers[i] != others[i] {
			places = append(places, i)
		}
	}
	byURL := u.dated[fmt.Sprint(places)]
	if byURL == nil {
		byURL = map[string][]*ledger.Recovered{}
		u.dated[fmt.Sprint(places)] = byURL
		for i := range u.all {
			url := dateless(u.all[i].URL, places)
			byURL[url] = append(byURL[url], &u.all[i])
		}
	}
	return byURL[dateless(model, places)]
}

// dateless gives a URL with the numbers at some places left out.
func dateless(url string, places []int) string {
	i := -1
	return number.ReplaceAllStringFunc(url, func(n string) string {
		if i++; slices.Contains(places, i) {
			return "0"
		}
		return n
	})
}

// byDatedURL finds the URL of an undated entry whose permalink has a date in it: on the day that a
// document gives the article, or else the URL itself.
func (u *reunion) byDatedURL(s *ledger.Staged) (*ledger.Recovered, error) {
	if s.Link == "" || s.Published != 0 {
		return nil, nil
	}
	model := u.at(s, modelDay)
	for _, rec := range u.sameButDate(model, u.at(s, anotherDay)) {
		if u.done[rec.URL] {
			continue
		}
		for _, ms := range []int64{rec.FeedPublished, rec.Published, u.dayIn(rec.URL, model)} {
			if ms != 0 && u.at(s, ms) == rec.URL {
				rec.Published, rec.FeedPublished = ms, 0
				return rec, nil
			}
		}
	}
	return nil, nil
}

// at gives the URL of an entry that waits for a date, as it would be on that date.
func (u *reunion) at(s *ledger.Staged, ms int64) string {
	try := *s
	try.Published = ms
	u.resolver.scan.entries.relocate(&try)
	return try.URL
}

// modelDay is a day whose parts cannot be taken for one another: 2345-06-18, noon. Another day has none of them.
var (
	modelDay   = ledger.Millis(time.Date(2345, 6, 18, 12, 0, 0, 0, time.UTC))
	anotherDay = ledger.Millis(time.Date(2456, 9, 25, 23, 34, 45, 0, time.UTC))
)

// dayIn reads the day out of a URL by what stands in the same places as the model's: its first
// moment in the source's zone; 0 if there is none.
func (u *reunion) dayIn(url, model string) int64 {
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
	zone := u.resolver.scan.source.Zone
	if zone == nil {
		zone = u.resolver.scan.in.config.Placement.Zone
	}
	t, err := time.ParseInLocation("2006-1-2", year+"-"+cmp.Or(month, "1")+"-"+cmp.Or(day, "1"), zone)
	if err != nil {
		return 0
	}
	return ledger.Millis(t)
}

// byWords finds an article under another name: by the id that it claims, else by its title, the date that it
// gives, if it does, and the summary that a feed showed. Where two fit, none does.
func (u *reunion) byWords(s *ledger.Staged) (*ledger.Recovered, error) {
	if s.URL != "" {
		if _, found, err := u.resolver.tx.Recovered(s.URL); err != nil || found {
			return nil, err
		}
	}
	if rec := u.ids[s.Claim]; s.Claim != "" {
		if rec == nil || u.done[rec.URL] {
			return nil, nil
		}
		return rec, nil
	}
	var fit []*ledger.Recovered
	for _, rec := range u.titles[plain(s.Said.Title)] {
		if u.done[rec.URL] {
			continue
		}
		same, err := u.same(s, rec)
		if err != nil {
			return nil, err
		}
		if same {
			fit = append(fit, rec)
		}
	}
	if len(fit) != 1 {
		return nil, nil
	}
	return fit[0], nil
}

// shifted is how far a feed time may be from the date of its article.
const shifted = 3_600_000

// same reports whether an entry with the title of something recovered is it.
func (u *reunion) same(s *ledger.Staged, rec *ledger.Recovered) (bool, error) {
	dated := s.Published != 0
	if dated && (s.Published > rec.FeedPublished || rec.FeedPublished-s.Published >= shifted) {
		return false, nil
	}
	if rec.Summary == "" {
		return dated, nil
	}
	if s.Said.Summary != "" {
		return plain(s.Said.Summary) == plain(rec.Summary), nil
	}
	a, err := u.resolver.scan.source.Source.Load(u.resolver.ctx, s.Key)
	if err != nil {
		return false, nil // gone since it was listed: the next scan says so
	}
	return plain(safehtml.Summarize(markup.Render(a.Body, rec.URL))) == plain(rec.Summary), nil
}

// plain gives text as documents show it, white space apart.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
