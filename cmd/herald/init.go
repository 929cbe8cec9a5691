package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"herald/cmd/internal/scaffold"
	"herald/cmd/internal/scaffold/generator"
	"herald/cmd/internal/screen"
)

// configName is the config that init writes.
const configName = "herald.yaml"

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "init [DIR]",
		Example: "  herald init               # looks at the working directory\n  herald init ~/blog",
		Short:   "Write a commented herald.yaml for the articles in DIR",
		Args:    cobra.MaximumNArgs(1),
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
		return wrong(scaffold.NoFolder(dir, err))
	} else if !info.IsDir() {
		return wrong(fmt.Errorf("%s is not a folder", dir))
	}
	r, err := scaffold.Init(ctx, scaffold.Config{
		Dir: dir, File: filepath.Join(dir, configName), Zone: generator.MachineZone(a.env, "/etc"), Now: a.now,
	})
	if err != nil {
		return notDone(err)
	}
	return a.report(r, func(s screen.Screen) { s.Init(r) })
}
