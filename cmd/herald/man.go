package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"herald/config"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages, herald.1 and one of each command, into DIR",
		Example: "  herald man /usr/local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return notDone(err)
			}
			built, err := time.Parse(time.RFC3339, buildVersion().Time)
			if err != nil {
				built = a.now()
			}
			header := &doc.GenManHeader{Section: "1", Source: "herald " + version, Manual: "herald", Date: &built}
			if err := doc.GenManTree(cmd.Root(), header, args[0]); err != nil {
				return notDone(fmt.Errorf("write the manual pages: %w", err))
			}
			return nil
		},
	}
}

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of herald.yaml, for editors",
		Example: "  herald schema > herald.schema.json   # then, as the first line of herald.yaml:\n  # yaml-language-server: $schema=herald.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := io.WriteString(a.stdout, config.Schema); err != nil {
				return notDone(fmt.Errorf("write stdout: %w", err))
			}
			return nil
		},
	}
}
