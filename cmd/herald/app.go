package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"herald/cmd/internal/mask"
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
	secrets    *mask.Secrets // of the config; stdout and stderr do not show them
	unmasked   io.Writer     // stdout as it is, for what is no screen
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
	return nil
}

// report prints one JSON document, or the text when --json was not given.
func (a *app) report(document any, text func(w io.Writer)) error {
	var out bytes.Buffer
	if a.json {
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(document); err != nil {
			return notDone(fmt.Errorf("write stdout: %w", err))
		}
	} else {
		text(&out)
	}
	if _, err := a.stdout.Write(out.Bytes()); err != nil {
		return notDone(fmt.Errorf("write stdout: %w", err))
	}
	return nil
}
