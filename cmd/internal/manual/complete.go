package manual

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Complete says what completions offer behind each command that does not say so itself: nothing where it takes no argument, folders
// for a DIR, else files.
func Complete(c *cobra.Command) {
	if c.ValidArgsFunction == nil && len(c.ValidArgs) == 0 && !c.HasSubCommands() {
		switch argument := strings.Trim(strings.TrimPrefix(c.Use, c.Name()), " []."); argument {
		case "":
			c.ValidArgsFunction = cobra.NoFileCompletions
		case "DIR":
			c.ValidArgsFunction = folders
		}
	}
	for _, sub := range c.Commands() {
		Complete(sub)
	}
}

func folders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// Flag names the value of a flag of all commands in --help, and completions what they offer for it: these words, or files
// that end as ".yaml" does.
func Flag(root *cobra.Command, flag, name string, offered ...string) {
	f := root.PersistentFlags().Lookup(flag)
	f.Value = named{f.Value, name}
	if slices.ContainsFunc(offered, func(s string) bool { return strings.HasPrefix(s, ".") }) {
		for i := range offered {
			offered[i] = strings.TrimPrefix(offered[i], ".")
		}
		_ = root.MarkPersistentFlagFilename(flag, offered...) // the flag is there
		return
	}
	_ = root.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(offered, cobra.ShellCompDirectiveNoFileComp))
}

// value is a flag's, as pflag has it.
type value interface {
	String() string
	Set(string) error
	Type() string
}

// named is a value that --help calls otherwise than by its Go type.
type named struct {
	value
	name string
}

// Type returns the name.
func (n named) Type() string { return n.name }
