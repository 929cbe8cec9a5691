package json

import (
	"context"
	"errors"
	"strconv"
	"time"

	"herald/source/reader"
	"herald/source/remote"
)

// MaxBytes is the largest page that is read, in bytes.
const MaxBytes = 32 << 20

// The presets.
const (
	WordPress = "wordpress"
	Ghost     = "ghost"
)

// Config says where the items are, and how they are read.
type Config struct {
	URL    string // absolute, http or https; under a preset the site's will do
	Preset string // "", WordPress or Ghost
	Items  string // dotted path to the list in a page; "": the page is the list
	Next   string // dotted path to the address of the next page; "": there is none, or Page counts
	Page   string // the query parameter that counts pages; "": none does
	From   string // the number of the first page; "": 1

	// Full returns when everything is to be listed, after a moment at which it was; nil: a day later. Under a preset scans between
	// ask for what has changed, and nothing is taken as removed.
	Full func(after time.Time) time.Time

	Reading reader.Reading // under a preset a Pattern makes addresses; "": they are those that the system names
	Fetch   remote.Fetch
	Now     func() time.Time                                 // nil: time.Now
	Wait    func(ctx context.Context, d time.Duration) error // until a server that is busy may be asked again; nil: on the clock
}

// from returns the number of the first page.
func (c Config) from() (int, error) {
	if c.From == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(c.From)
	switch {
	case err != nil || n < 0:
		return 0, errors.New("next: from must be a whole number, such as 1 or 0")
	case c.Page == "":
		return 0, errors.New("next: name the query parameter that counts pages, such as {page: page, from: 1}")
	}
	return n, nil
}
