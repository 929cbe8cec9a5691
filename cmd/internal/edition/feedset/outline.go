package feedset

import (
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/source"
)

// window is what a feed shows at one moment.
type window struct {
	outline
	rows  []*ledger.Article
	links map[int64][]links.Answer // what the links in the bodies that it shows name, by row
	gone  []ledger.Gone            // what would stand in it, had it not left; at most as many as it can show
}

// outline is a window without its rows.
type outline struct {
	ids     map[int64]bool // of the rows
	kept    map[int64]bool // of rows that the feed keeps for a while
	updated int64          // the newest change, the leaving of an article included
	oldest  int64          // feed time of the last row that it can show but for kept ones; 0: there is room for all
	left    int64          // when an article last left the feed and stayed public, or left with other terms
	lacks   bool           // the body of a row is not there
	timed   bool           // it shows a row only because it keeps it for a while
}

// windows are windows of feeds at the moment of one publication: as many as fit into maxRows.
type windows struct {
	byFeed map[string]*window
	rows   int
}

// archivedPage is the archive page that was looked at last: its documents, one a format, are rendered one after another.
type archivedPage struct {
	window
	sum    source.Digest
	feed   string
	bodies *bodyCache
}
