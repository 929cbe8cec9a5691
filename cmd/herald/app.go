package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/mask"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/screen"
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
	log        *slog.Logger
	zone       *time.Location // of the times on screens: the site's, once the config is read
	secrets    *mask.Secrets  // of the config; stdout and stderr do not show them
	show       *progress.Show // makes room on the terminal for what is printed
}

// begin makes the log, and shows what a command does that lasts.
func (a *app) begin(cmd *cobra.Command, _ []string) error {
	if cmd.Name() != "run" {
		progress.Begin(cmd.Context(), "herald %s", cmd.Name(), "")
	}
	return a.setLog(cmd.Name())
}

// setLog makes the logger that the flags ask for. The daemon tells what it does; other
// commands report on stdout and log only what is wrong.
func (a *app) setLog(command string) error {
	level := slog.LevelWarn
	if command == "run" {
		level = slog.LevelInfo
	}
	if a.logLevel != "" {
		if err := level.UnmarshalText([]byte(a.logLevel)); err != nil {
			return fmt.Errorf("--log-level %q: want debug, info, warn or error", a.logLevel)
		}
	}
	options := &slog.HandlerOptions{Level: level}
	switch a.logFormat {
	case "text":
		a.log = slog.New(slog.NewTextHandler(a.stderr, options))
	case "json":
		a.log = slog.New(slog.NewJSONHandler(a.stderr, options))
	default:
		return fmt.Errorf("--log-format %q: want text or json", a.logFormat)
	}
	a.show.LogTo(a.log)
	return nil
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
		text(screen.New(&out, a.zone))
	}
	if _, err := a.stdout.Write(out.Bytes()); err != nil {
		return notDone(fmt.Errorf("write stdout: %w", err))
	}
	return nil
}
