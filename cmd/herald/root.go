package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/help"
	"herald/cmd/internal/manual"
	"herald/cmd/internal/mask"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/service"
	"herald/cmd/internal/words"
	"herald/config"
)

// run runs one command line and returns the exit status.
func run(ctx context.Context, p process) int {
	if p.tables == nil {
		p.tables = houseTables()
	}
	a := &app{secrets: &mask.Secrets{}}
	var unknown error
	a.lang, unknown = words.Asked(p.args, p.env)
	a.show = progress.NewShow(progress.Config{Stdout: p.stdout, Stderr: p.stderr, Env: p.env, Now: p.now, Lang: a.lang, Hide: a.secrets.Hide})
	p.stdout, p.stderr = mask.Writer{To: a.show.Stdout, Secrets: a.secrets}, mask.Writer{To: a.show.Stderr, Secrets: a.secrets}
	a.process = p
	ctx, stop := signal.NotifyContext(ctx, endings(p.args)...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	ctx, clean := a.show.Start(ctx)
	defer clean()
	root := a.root(unknown)
	help.Translate(root, a.lang)
	root.SetArgs(p.args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return engine.StatusDone
	}
	if faults := (config.Errors)(nil); errors.As(err, &faults) {
		a.showFaults(faults)
	} else if f := (*failure)(nil); !errors.As(err, &f) {
		fmt.Fprint(p.stderr, a.lang.Say("herald: %v (herald --help lists commands and flags)\n", err))
	} else if f.err != nil {
		fmt.Fprintf(p.stderr, "herald: %s\n", a.lang.Text(f.Error()+service.AsUser(f.err)))
	}
	return statusOf(err)
}

// showFaults prints what is wrong with a config, with the lines of its file; with --json on stdout as a document too.
func (a *app) showFaults(faults config.Errors) {
	s := screen.New(a.stderr, nil, a.lang)
	for _, one := range faults {
		s.Printf("%s", a.lang.Text(one.Error()))
		s.Excerpt(one.Text, one.Line, one.Column)
	}
	if a.json {
		_ = a.report(struct {
			Status int           `json:"status"`
			Faults config.Errors `json:"faults"`
		}{engine.StatusWrong, faults}, nil) // where that cannot be written, the text was
	}
}

// endings are the signals that end a command in good order: also a terminal that goes away, which run answers itself.
func endings(args []string) []os.Signal {
	if slices.Contains(args, "run") || signal.Ignored(syscall.SIGHUP) {
		return []os.Signal{os.Interrupt, syscall.SIGTERM}
	}
	return []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
}

func (a *app) root(unknown error) *cobra.Command {
	root := &cobra.Command{
		Use:   "herald",
		Short: "Publishes feeds and a sitemap of your articles and tells the world",
		Long: "herald reads the articles in your folders, publishes RSS, Atom and JSON feeds and a sitemap,\n" +
			"keeps them true as the articles change, and tells search engines and hubs.\n\n" +
			"Exit status: 0 done; 1 something was not done, the last good outputs stay;\n" +
			"2 the command line or config is wrong, nothing was touched; 3 a change is held.",
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE:          func(cmd *cobra.Command, args []string) error { return errors.Join(unknown, a.begin(cmd, args)) },
		Args:                       cobra.ArbitraryArgs,
		RunE:                       bareCommand,
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&a.configFile, "config", "c", "herald.yaml", "the config")
	flags.StringVar(&a.logLevel, "log-level", "", "debug, info, warn or error (default: info under run, else warn)")
	flags.StringVar(&a.logFormat, "log-format", "text", "text or json, on stderr")
	flags.BoolVar(&a.json, "json", false, "report as one JSON document on stdout")
	flags.StringVar(&a.language, "lang", "", "en or ko (default: as LC_ALL, LC_MESSAGES or LANG says, else en)")
	root.AddCommand(a.initCommand(), a.checkCommand(), a.planCommand(), a.buildCommand(), a.runCommand(),
		a.explainCommand(), a.statusCommand(), a.approveCommand(), a.adoptCommand(), a.feedsCommand(), a.lintCommand(), a.stateCommand(), a.versionCommand(), a.completionCommand(),
		a.configCommand(), a.schemaCommand(), a.manCommand(), a.healthCommand())
	manual.Complete(root)
	manual.Flag(root, "config", "FILE", ".yaml", ".yml")
	manual.Flag(root, "lang", "LANGUAGE", "en", "ko")
	manual.Flag(root, "log-level", "LEVEL", "debug", "info", "warn", "error")
	manual.Flag(root, "log-format", "FORMAT", "text", "json")
	root.Version = buildVersion().Line()
	root.SetVersionTemplate("{{.Version}}\n")
	return root
}

// bareCommand answers a command line that names no command of ours.
func bareCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("no command given")
	}
	hint := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("; did you mean %q?", near[0])
	}
	return fmt.Errorf("unknown command %q%s", args[0], hint)
}
