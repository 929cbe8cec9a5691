package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"herald/cmd/internal/outline"
)

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "Show the config as herald reads it", Args: cobra.NoArgs}
	c.AddCommand(&cobra.Command{
		Use:   "print",
		Short: "Print every value that is given, in the file or by the environment, with references replaced; secrets are masked",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			w, err := a.load()
			if err != nil {
				return err
			}
			var given []outline.Value
			for _, s := range w.config.Settings {
				if s.Secret {
					s.Value = masked
				}
				given = append(given, outline.Value{Path: s.Path, Text: s.Value})
			}
			tree := outline.Tree(given)
			text, err := outline.YAML(tree)
			var plain map[string]any
			if err = errors.Join(err, tree.Decode(&plain)); err != nil {
				return notDone(err)
			}
			return a.report(plain, func(out io.Writer) { fmt.Fprintf(out, "%s", text) })
		},
	})
	return c
}

// masked stands for a value that may be a secret.
const masked = "…"
