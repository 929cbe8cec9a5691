package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"herald/cmd/internal/scaffold"
	"herald/cmd/internal/scaffold/generator"
)

// configName is the config that init writes.
const configName = "herald.yaml"

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a commented herald.yaml for the articles in DIR",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.init(cmd.Context(), dir)
		},
	}
}

func (a *app) init(ctx context.Context, dir string) error {
	if info, err := os.Stat(dir); err != nil {
		return wrong(err)
	} else if !info.IsDir() {
		return wrong(fmt.Errorf("%s is not a folder", dir))
	}
	r, err := scaffold.Init(ctx, scaffold.Config{
		Dir: dir, File: filepath.Join(dir, configName), Zone: generator.MachineZone(a.env, "/etc"), Now: a.now,
	})
	if err != nil {
		return notDone(err)
	}
	return a.report(r, func(w io.Writer) { initScreen(w, r) })
}

func initScreen(w io.Writer, r *scaffold.Report) {
	fmt.Fprintf(w, "Found %s. Wrote %s.\n", r.Found(), r.Config)
	for _, src := range r.Sources {
		fmt.Fprintf(w, "%s (%s): %s\n", src.Name, src.Path, src.Sentence())
	}
	fmt.Fprintf(w, "front_matter: %s is set. required takes in %s, optional %s.\n", r.Choice, counted(r.Files.Required, "file"), counted(r.Files.Optional, "file"))
	fmt.Fprintf(w, "Dates without an offset are read in %s.\n", r.Zone)
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
