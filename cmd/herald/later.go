package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// laterCommands are those that the contract names and this version lacks: they end with that message.
func laterCommands() []*cobra.Command {
	return []*cobra.Command{
		later("lint FILE-OR-URL...", "Validate any feed or sitemap (not in this version)"),
	}
}

func later(use, short string) *cobra.Command {
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return notInThisVersion(cmd.CommandPath())
		},
	}
}

func notInThisVersion(what string) error {
	return wrong(fmt.Errorf("%s is not in this version", what))
}
