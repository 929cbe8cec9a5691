package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"herald/cmd/internal/manual"
)

func (a *app) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "completion SHELL",
		Example:   "  herald completion bash > /etc/bash_completion.d/herald",
		Short:     "Print the completion script for bash, zsh, fish or powershell",
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: manual.Shells(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := manual.Script(cmd.Root(), args[0], a.stdout); err != nil {
				return notDone(fmt.Errorf("write stdout: %w", err))
			}
			return nil
		},
	}
}
