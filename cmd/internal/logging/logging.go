// Package logging makes the logger that the flags of a command ask for.
package logging

import (
	"fmt"
	"io"
	"log/slog"
)

// New returns a logger that writes to w from a level on ("debug", "info", "warn", "error"; "": usual) in a format: "text" or
// "json". An error names the flag that is wrong.
func New(w io.Writer, level, format string, usual slog.Level) (*slog.Logger, error) {
	from := usual
	if level != "" {
		if err := from.UnmarshalText([]byte(level)); err != nil {
			return nil, fmt.Errorf("--log-level %q: want debug, info, warn or error", level)
		}
	}
	options := &slog.HandlerOptions{Level: from}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, fmt.Errorf("--log-format %q: want text or json", format)
}
