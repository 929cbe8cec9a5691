package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/logging"
	"herald/cmd/internal/mask"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/words"
)

// process is all that one start of the program may touch from outside, so that tests start the
// very same program.
type process struct {
	args           []string
	stdin          io.Reader
	stdout, stderr io.Writer
	env            []string
	now            func() time.Time
	tables         *tables // nil: those of the house
}

// app is a process with its global flags read.
type app struct {
	process
	configFile string
	logLevel   string
	logFormat  string
	json       bool
	language   string         // as --lang says; lang is what it means
	lang       words.Language // of what is said to people
	log        *slog.Logger
	zone       *time.Location // of the times on screens: the site's, once the config is read
	secrets    *mask.Secrets  // of the config; stdout and stderr do not show them
	show       *progress.Show // makes room on the terminal for what is printed
}

// begin makes the log and shows what a command does that lasts. The daemon tells what it does; other commands report on stdout and log
// only what is wrong.
func (a *app) begin(cmd *cobra.Command, _ []string) (err error) {
	usual := slog.LevelInfo
	if cmd.Name() != "run" {
		usual = slog.LevelWarn
		progress.Begin(cmd.Context(), "%s", cmd.CommandPath(), "")
	}
	if a.log, err = logging.New(a.stderr, a.logLevel, a.logFormat, usual); err == nil {
		a.show.LogTo(a.log)
	}
	return err
}

// report prints one JSON document, or the text when --json was not given.
func (a *app) report(document any, text func(screen.Screen)) error {
	var out bytes.Buffer
	if a.json {
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(document); err != nil {
			return notDone(fmt.Errorf("write stdout: %w", err))
		}
	} else {
		text(screen.New(&out, a.zone, a.lang))
	}
	if _, err := a.stdout.Write(out.Bytes()); err != nil {
		return notDone(fmt.Errorf("write stdout: %w", err))
	}
	return nil
}
