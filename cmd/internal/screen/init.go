package screen

import (
	"fmt"

	"herald/cmd/internal/scaffold"
)

// Init prints what init found and wrote, and what comes next.
func (s Screen) Init(r *scaffold.Report) {
	w := s.out
	fmt.Fprintf(w, "Found %s. Wrote %s.\n", r.Found(), r.Config)
	for _, src := range r.Sources {
		fmt.Fprintf(w, "%s (%s): %s\n", src.Name, src.Path, src.Sentence())
	}
	fmt.Fprintf(w, "front_matter: %s is set. required takes in %s, optional %s.\n", r.Choice, Counted(r.Files.Required, "file"), Counted(r.Files.Optional, "file"))
	fmt.Fprintf(w, "Dates without an offset are read in %s.\n", r.Zone)
	if r.Generator == "Jekyll" && r.Zone != "UTC" {
		fmt.Fprintln(w, "A time with seconds that is not quoted (date: 2026-03-01 10:00:00) is UTC to Jekyll and to herald; write +0900 or another offset behind it where it is not.")
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "Not taken over: %s\n", note)
	}
	for _, line := range r.Advice {
		fmt.Fprintln(w, line)
	}
	is := ""
	if r.URL != "" {
		is = " (" + r.URL + " in the site's own config)"
	}
	fmt.Fprintf(w, "\nNext: set site.url%s in %s, then\n  herald check -c %s\n  herald build -c %s\n", is, r.Config, r.Config, r.Config)
}
