package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

const configName = "herald.yaml"

// initReport is what init found and wrote.
type initReport struct {
	Config    string    `json:"config"`
	Generator string    `json:"generator"` // "" is plain files
	Zone      string    `json:"timezone"`
	Files     fileCount `json:"files"`
	Choice    string    `json:"front_matter"`
	Notes     []string  `json:"notes,omitempty"` // what could not be taken over
}

// fileCount is how many files each choice of front_matter takes in.
type fileCount struct {
	Required int `json:"required"`
	Optional int `json:"optional"`
}

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
	path := filepath.Join(dir, configName)
	if _, err := os.Lstat(path); err == nil {
		return alreadyThere(path)
	}
	found := detect(dir)
	if found.zone == "" {
		found.zone = machineZone(a.env, "/etc")
	}
	count, err := found.count(ctx, dir, a.now)
	if err != nil {
		return notDone(err)
	}
	if err := writeNew(path, found.yaml(count)); err != nil {
		return err
	}
	r := initReport{Config: path, Generator: found.generator, Zone: found.zone, Files: count, Choice: found.frontMatter(), Notes: found.notes}
	return a.report(r, r.text)
}

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return alreadyThere(path)
	}
	if err != nil {
		return notDone(err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return notDone(err)
	}
	return nil
}

func alreadyThere(path string) error {
	return notDone(fmt.Errorf("%s is there already and stays as it is; move it away to have a new one written", path))
}

func (r initReport) text(w io.Writer) {
	what := "plain files"
	if r.Generator != "" {
		what = article(r.Generator) + " site"
	}
	fmt.Fprintf(w, "Found %s. Wrote %s.\n", what, r.Config)
	fmt.Fprintf(w, "front_matter: %s is set. required takes in %s, optional %s.\n", r.Choice, counted(r.Files.Required, "file"), counted(r.Files.Optional, "file"))
	fmt.Fprintf(w, "Dates without an offset are read in %s.\n", r.Zone)
	for _, note := range r.Notes {
		fmt.Fprintf(w, "Not taken over: %s\n", note)
	}
	fmt.Fprintf(w, "\nNext: set site.url in %s, then\n  herald check -c %s\n  herald build -c %s\n", r.Config, r.Config, r.Config)
}

// counted gives "1 file", "2 files".
func counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// article gives "a Jekyll", "an Eleventy".
func article(name string) string {
	if strings.HasPrefix(name, "E") {
		return "an " + name
	}
	return "a " + name
}
