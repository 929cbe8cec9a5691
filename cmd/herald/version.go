package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"herald/cmd/internal/screen"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Example: "  herald version\n  herald version --json",
		Short:   "Print the version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := buildVersion()
			return a.report(v, func(s screen.Screen) { s.Version(v) })
		},
	}
}

func buildVersion() screen.Version {
	info, _ := debug.ReadBuildInfo()
	return screen.NewVersion(version, info)
}
