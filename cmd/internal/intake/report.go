package intake

import (
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
)

// EmptySource is what is said of a source without an article.
const EmptySource = "it holds no article: are its path or url and its include right?"

// listedAtMost is how many warnings, and how many refusals, a report names.
const listedAtMost = 1000

// ScanOptions changes one scan.
type ScanOptions struct {
	Force  bool // apply over a hold, and ask the source's server whatever it said before
	Reload bool // load every entry, whatever its fingerprint
	// PassOver leaves entries that are still being written as they were, and names them in the report; otherwise they are
	// waited for, at most 5 s. The first complete scan of a source waits.
	PassOver bool
	// Scheduled says that nobody waits for the scan: see remote.Scheduled.
	Scheduled bool
}

// ScanReport is what one complete scan of a source found and did.
type ScanReport struct {
	Source     string         `json:"source"`
	First      bool           `json:"first,omitempty"` // the first complete scan that held an article: quiet, not guarded
	Listed     int64          `json:"listed"`
	Articles   int64          `json:"articles"` // living articles of the source after the scan
	Added      int64          `json:"added"`    // also those that come back
	Changed    int64          `json:"changed"`
	Renamed    int64          `json:"renamed"`
	Removed    int64          `json:"removed"`
	HandedOver int64          `json:"handed_over,omitempty"` // articles that it holds no more, and another source does
	Merged     int64          `json:"merged,omitempty"`      // entries of articles that another source leads; they are none of the articles
	Recovered  int64          `json:"recovered,omitempty"`   // of the articles added: known again from standing documents, for the state was lost
	Missing    int64          `json:"missing,omitempty"`     // of the articles: no longer listed, and kept for now
	DatedBy    map[string]int `json:"dated_by,omitempty"`    // of the articles added, pages apart
	Pages      int64          `json:"pages,omitempty"`       // of the articles added: undated, and in the sitemap only
	Refused    []Refusal      `json:"refused,omitempty"`     // the first thousand that stand refused now, not only new ones
	Warnings   []string       `json:"warnings,omitempty"`    // file:line:column: words, the first thousand of what was read in this scan

	MissingUntil time.Time `json:"missing_until,omitzero"` // when the first of what is missing is to be removed

	Empty bool `json:"empty,omitempty"` // no article, and none held back

	Unfinished string `json:"unfinished,omitempty"` // how far the source got in bringing what it holds, in words: the next scan goes on; "": it has all

	RefusedCount int64 `json:"refused_count"`
	WarningCount int64 `json:"warning_count"`
	ChangeCount  int64 `json:"change_count"`

	Ahead     []string   `json:"ahead,omitempty"`   // zone-less dates in the near future while no timezone is set
	Hold      *hold.Hold `json:"hold,omitempty"`    // set: nothing was applied
	Early     bool       `json:"-"`                 // after a loss of the state: what is refused may be let in once every source has been read
	Contested bool       `json:"-"`                 // an article was refused over a URL or id that another has: one freed later lets it in
	Changes   []Change   `json:"changes,omitempty"` // the first hundred changes by name

	Revisit []string `json:"-"` // sources that are to be scanned again, for a copy leads an article now, or may be none any more

	PassedOver []string `json:"-"` // keys of what is still being written, and was left as it was
}

// Freed reports whether the scan may have given up a URL or an id that another source was refused for.
func (r *ScanReport) Freed() bool { return r.Removed+r.Changed+r.Renamed > 0 }

// Change names one article that a scan added, changed, renamed or removed.
type Change struct {
	Kind  string `json:"kind"` // added, changed, renamed, removed
	Key   string `json:"key"`
	Place string `json:"place,omitempty"` // where it is: a file, a line, a row
	URL   string `json:"url,omitempty"`
	Title string `json:"title,omitempty"`
	Was   string `json:"was,omitempty"` // the URL that readers knew, where it ends now
}

// Refusal is one article that is refused for its own faults.
type Refusal struct {
	Source   string `json:"source"`
	Key      string `json:"key"`
	Reason   string `json:"reason"` // file:line:column: words
	LastGood bool   `json:"last_good,omitempty"`
}

// changesListed is how many changes a report names.
const changesListed = 100

// change notes that the article of a row was added, changed, renamed or removed.
func (r *ScanReport) change(kind string, row *ledger.Article) {
	r.ChangeCount++
	if len(r.Changes) < changesListed {
		r.Changes = append(r.Changes, Change{Kind: kind, Key: row.Key, Place: row.Shown.Place, URL: row.URL, Title: row.Shown.Title})
	}
}

// warn notes what was odd in an entry.
func (r *ScanReport) warn(warnings []string) {
	r.WarningCount += int64(len(warnings))
	if len(r.Warnings) < listedAtMost {
		r.Warnings = append(r.Warnings, warnings...)
	}
}

// refused notes the entries that stand refused now.
func (r *ScanReport) refused(tx *ledger.Tx, source string) (err error) {
	if r.Refused, err = Refusals(tx, source); err != nil {
		return err
	}
	r.RefusedCount, err = tx.RefusalCount(source)
	return err
}

// Refusals returns the first thousand entries of a source ("": of all) that stand refused now.
func Refusals(tx *ledger.Tx, source string) ([]Refusal, error) {
	refused, err := tx.Refusals(source, listedAtMost)
	var out []Refusal
	for _, r := range refused {
		out = append(out, Refusal{r.Source, r.Key, r.Reason, r.LastGood})
	}
	return out, err
}

// verdict is what the guard says of a staged scan.
type verdict struct {
	held      bool
	hold      ledger.Hold
	firstSeen []string // keys without a date of their own, whose first sight is kept
}
