package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/newfile"
	"herald/cmd/internal/screen"
)

func (a *app) stateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "state",
		Short: "Dump the state as text, for backup and moving, and load it again",
		Args:  cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("want state dump or state load")
			}
			return fmt.Errorf("unknown command %q: want state dump or state load", "state "+args[0])
		},
	}
	cmd.AddCommand(a.stateDumpCommand(), a.stateLoadCommand())
	return cmd
}

func (a *app) stateDumpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "dump [FILE]",
		Short: "Write the whole state as JSON Lines to FILE, which must be new, or to stdout",
		Long: "Writes all that herald remembers, as it stands at one moment, as JSON Lines. It runs beside herald run.\n" +
			"The articles, the published documents and the config are files of yours and are not in it.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.stateDump(cmd.Context(), fileArgument(args)) },
	}
}

func (a *app) stateLoadCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "load [FILE]",
		Short: "Fill a state that is new or empty from FILE or stdin",
		Long: "Reads what herald state dump wrote into the state that the config names: all of it, or nothing.\n" +
			"A state that holds something stays as it is. Stop the herald that wrote the dump first:\n" +
			"two that publish one site tell each change twice.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.stateLoad(cmd.Context(), fileArgument(args)) },
	}
}

// fileArgument returns the file that is meant, "" for stdin and stdout.
func fileArgument(args []string) string {
	if len(args) == 0 || args[0] == "-" {
		return ""
	}
	return args[0]
}

func (a *app) stateDump(ctx context.Context, file string) error {
	if file == "" && a.json {
		return wrong(errors.New("--json reports on a dump that goes to a FILE; without one the dump itself is on stdout"))
	}
	return a.reading(ctx, func(p *pipeline) error {
		if file == "" {
			if _, err := p.ledger.Dump(ctx, a.show.Stdout, a.now()); err != nil {
				return notDone(fmt.Errorf("dump state: %w", err))
			}
			return nil
		}
		var d *ledger.Dumped
		err := newfile.Write(file, func(w io.Writer) (err error) {
			d, err = p.ledger.Dump(ctx, w, a.now())
			return err
		})
		if errors.Is(err, fs.ErrExist) {
			return notDone(fmt.Errorf("%s is there already and stays as it is; name a new file", file))
		}
		if err != nil {
			return notDone(fmt.Errorf("dump state to %s: %w", file, err))
		}
		r := newStateReport(p.wiring, file, d)
		return a.report(r, func(s screen.Screen) { s.Dumped(r) })
	})
}

func (a *app) stateLoad(ctx context.Context, file string) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	in := a.stdin
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return notDone(err)
		}
		defer f.Close()
		in = f
	}
	d, err := engine.LoadState(ctx, w.state, in)
	if err != nil {
		return notDone(w.loadError(file, err))
	}
	r := newStateReport(w, file, d)
	if d.Site != "" && d.Site != w.config.Site.URL {
		r.Warnings = append(r.Warnings, fmt.Sprintf("the dump is of %s and the config says %s: the next build holds that change until it is approved", d.Site, w.config.Site.URL))
	}
	return a.report(r, func(s screen.Screen) { s.Loaded(r) })
}

// loadError returns err with what was not loaded, and what to do where the state is the reason.
func (w *wiring) loadError(file string, err error) error {
	state := w.config.State.Written
	if file == "" {
		file = "stdin"
	}
	var held *statefile.LockedError
	switch {
	case errors.As(err, &held):
		return fmt.Errorf("%w: stop it first; nothing was loaded", err)
	case errors.Is(err, ledger.ErrNotEmpty):
		return fmt.Errorf("state %s holds something already and stays as it is: move it away, or name another file under state in %s; nothing was loaded", state, w.file)
	}
	return fmt.Errorf("load %s: %w; nothing was loaded", file, err)
}

func newStateReport(w *wiring, file string, d *ledger.Dumped) *screen.State {
	return &screen.State{File: file, State: w.config.State.Written, Site: d.Site, At: d.At, Schema: d.Schema, Rows: d.Rows, Tables: d.Tables}
}
