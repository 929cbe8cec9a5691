package screen

import (
	"fmt"

	"herald/cmd/internal/scaffold"
)

// Init prints what init found and wrote, and what comes next.
func (s Screen) Init(r *scaffold.Report) {
	s.Printf("Found %s. Wrote %s.", r.Found(), r.Config)
	for _, src := range r.Sources {
		s.line(fmt.Sprintf("%s (%s): %s", src.Name, src.Path, s.text(src.Sentence())))
	}
	s.Printf("front_matter: %s is set. required takes in %s, optional %s.", r.Choice, s.files(r.Files.Required), s.files(r.Files.Optional))
	s.Printf("Dates without an offset are read in %s.", r.Zone)
	if r.Generator == "Jekyll" && r.Zone != "UTC" {
		s.Printf("A time with seconds that is not quoted (date: 2026-03-01 10:00:00) is UTC to Jekyll and to herald; add +0900 or another offset after it if it is not.")
	}
	for _, note := range r.Notes {
		s.Printf("Not taken over: %s", note)
	}
	for _, line := range r.Advice {
		s.line(s.text(line))
	}
	is := ""
	if r.URL != "" {
		is = s.say(" (%s in the site's own config)", r.URL)
	}
	s.Printf("")
	s.Printf("Next: set site.url%s in %s, then", is, r.Config)
	s.line("  herald check -c " + r.Config)
	s.line("  herald build -c " + r.Config)
}
