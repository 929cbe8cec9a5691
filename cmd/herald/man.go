package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/manual"
	"herald/config"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages, herald.1 and one of each command, into DIR",
		Example: "  herald man /usr/local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			built, err := time.Parse(time.RFC3339, buildVersion().Time)
			if err != nil {
				built = a.now()
			}
			if err := manual.Pages(cmd.Root(), args[0], version, built); err != nil {
				return notDone(err)
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
