package main

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/httpclient"
	"herald/cmd/internal/lint"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/screen"
	"herald/source/finding"
)

// lintReport is what lint says of its documents.
type lintReport struct {
	Findings []finding.Finding `json:"findings"`
}

func (a *app) lintCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "lint FILE-OR-URL...",
		Example: "  herald lint public/feed.xml\n  herald lint https://news.example.org/feed.xml https://news.example.org/sitemap.xml",
		Short:   "Validate any feed or sitemap",
		Long: "Validates RSS, Atom, JSON Feed, OPML and sitemaps, whoever wrote them, and needs no config. Each finding is a line:\n" +
			"file:line:column: severity code: what is wrong: what to do. \"-\" is the standard input; .gz files are unpacked.\n\n" +
			"Exit status: 0 no finding, or warnings only; 1 a finding of severity error, or a document that cannot be read.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.lint(cmd.Context(), args) },
	}
}

func (a *app) lint(ctx context.Context, names []string) error {
	l := &lint.Linter{
		Client: func(name string) *http.Client { return httpclient.New(httpclient.Named(name), 0) },
		Agent:  "herald/" + version, Now: a.now(), Stdin: a.stdin,
	}
	r := lintReport{Findings: []finding.Finding{}}
	var failed []error
	counted := progress.Begin(ctx, "reading", "", "documents")
	counted.Expect(int64(len(names)))
	for _, name := range names {
		found, err := l.Lint(ctx, name)
		r.Findings = append(r.Findings, found...)
		if err != nil {
			failed = append(failed, err)
		}
		counted.Add(1)
	}
	if err := a.report(r, func(s screen.Screen) { s.Findings(r.Findings) }); err != nil {
		return err
	}
	switch {
	case len(failed) > 0:
		return notDone(errors.Join(failed...))
	case slices.ContainsFunc(r.Findings, func(f finding.Finding) bool { return f.Severity == finding.Error }):
		return ended(engine.StatusNotDone)
	}
	return nil
}
