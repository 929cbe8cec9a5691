// Package status says what operators ask: how things stand, what was published when, and the life of one article.
package status

import (
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
)

// Status is what herald knows of itself.
type Status struct {
	Sources   []SourceStatus   `json:"sources"`
	Documents []DocumentStatus `json:"documents"`
	Holds     []hold.Hold      `json:"holds"`
	Waiting   []outbox.Notice  `json:"waiting"` // the first thousand
	Dead      []outbox.Notice  `json:"dead"`    // the first thousand
	Refused   []intake.Refusal `json:"refused"` // the first thousand; each source has its count

	WaitingCount int64 `json:"waiting_count"`
	DeadCount    int64 `json:"dead_count"`

	Live      []live.Wait `json:"live,omitempty"` // articles that wait until their URL answers 200, the first hundred
	LiveCount int64       `json:"live_count,omitempty"`

	Ahead []string `json:"ahead,omitempty"` // articles that appear soon; see edition.PublishReport
	Told  int64    `json:"told"`            // notices that were answered
}

// SourceStatus is one source's last scans. FirstScan is zero until a complete scan held an article.
type SourceStatus struct {
	Name      string    `json:"name"`
	FirstScan time.Time `json:"first_scan,omitzero"`
	LastScan  time.Time `json:"last_scan,omitzero"`
	LastGood  time.Time `json:"last_good,omitzero"`
	LastError string    `json:"last_error,omitempty"`
	Resting   time.Time `json:"asks_again,omitzero"` // when its server is asked again, as that said
	Articles  int64     `json:"articles"`
	Merged    int64     `json:"merged,omitempty"` // entries of articles that another source leads; none of the articles
	Refused   int64     `json:"refused"`
	Removed   int64     `json:"removed"`
	Missing   int64     `json:"missing,omitempty"`      // of the articles: no longer listed, and kept for now
	Until     time.Time `json:"missing_until,omitzero"` // when the first of these is removed
	Pages     int64     `json:"pages"`                  // of the articles: undated, and in the sitemap only

	Standing placement.Standing `json:"standing"` // the articles by what becomes of them
}

// Copy is an entry of another source that is the same article.
type Copy struct {
	Source string `json:"source"`
	Key    string `json:"key"`
	Place  string `json:"place,omitempty"`
}

// DocumentStatus is one published document.
type DocumentStatus struct {
	Path      string    `json:"path"`
	URL       string    `json:"url"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size"`
	Changed   time.Time `json:"changed"`
}

// EditionStatus is one publication of the past.
type EditionStatus struct {
	ID      int64     `json:"id"`
	At      time.Time `json:"at"`
	Written []string  `json:"written,omitempty"`
	Removed []string  `json:"removed,omitempty"`
}

// Explanation is the life of one article.
type Explanation struct {
	Source    string          `json:"source"`
	Key       string          `json:"key"`
	Place     string          `json:"place,omitempty"` // where it is: a file, a line, a row
	Title     string          `json:"title"`
	ID        string          `json:"id"`
	URL       string          `json:"url"`
	State     string          `json:"state"` // public, draft, future, expired, waiting, removed, refused, held; of what is no article: new, no article, document
	Why       []string        `json:"why"`   // each rule that applied, in words
	Published time.Time       `json:"published,omitzero"`
	DatedBy   string          `json:"dated_by,omitempty"`
	Updated   time.Time       `json:"updated,omitzero"`
	FeedTime  time.Time       `json:"feed_time,omitzero"`
	FirstSeen time.Time       `json:"first_seen,omitzero"`
	Copies    []Copy          `json:"copies,omitempty"` // entries of other sources that are the same article
	Documents []string        `json:"documents"`        // paths that hold it now
	Links     []string        `json:"links,omitempty"`  // what it links to by file or name, and the URL that stands for it or why there is none
	Told      []outbox.Notice `json:"told"`
}
