package engine_test

import (
	"errors"
	"fmt"
	"strings"

	feedlint "herald/feeds/lint"
	sitemaplint "herald/sitemap/lint"
	"herald/source/finding"
)

// linted is what the linters say of a document of ours (F1): nothing, be it a warning.
func linted(name string, body []byte) error {
	var all []finding.Finding
	switch {
	case strings.HasSuffix(name, ".txt"):
	case strings.HasPrefix(name, "sitemap"):
		all = sitemaplint.Lint(body, sitemaplint.Options{})
	default:
		all = feedlint.Lint(body, feedlint.Options{})
	}
	var errs []error
	for _, f := range all {
		f.File = name
		errs = append(errs, fmt.Errorf("lint: %s", f))
	}
	return errors.Join(errs...)
}
