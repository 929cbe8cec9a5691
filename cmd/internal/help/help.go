// Package help says the help of the command line in the operator's language: what each command says of itself and its flags, and
// what the command line's library writes around it.
package help

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"herald/cmd/internal/words"
)

// Translate says the help of root and of all commands below it in a language. It is called once, before the command line is read.
func Translate(root *cobra.Command, lang words.Language) {
	root.InitDefaultHelpCmd()
	translate(root, lang)
	usage := root.UsageFunc()
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		var english bytes.Buffer
		out := cmd.OutOrStderr()
		cmd.SetOut(&english)
		defer cmd.SetOut(out)
		if err := usage(cmd); err != nil {
			return err
		}
		_, err := io.WriteString(out, headings(english.String(), lang))
		return err
	})
}

func translate(cmd *cobra.Command, lang words.Language) {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	cmd.Short, cmd.Long, cmd.Example = lang.Word(cmd.Short), lang.Word(cmd.Long), lang.Word(cmd.Example)
	flag := func(f *pflag.Flag) { f.Usage = lang.Text(f.Usage) }
	cmd.LocalNonPersistentFlags().VisitAll(flag)
	cmd.PersistentFlags().VisitAll(flag)
	for _, one := range cmd.Commands() {
		translate(one, lang)
	}
}

// headings translates what the library writes between what the commands say.
func headings(usage string, lang words.Language) string {
	lines := strings.SplitAfter(usage, "\n")
	for i, line := range lines {
		text := strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasSuffix(text, ":"):
			lines[i] = strings.Replace(line, text, lang.Word(text), 1)
		case strings.HasPrefix(text, "Use "):
			lines[i] = strings.Replace(line, text, lang.Text(text), 1)
		case strings.Contains(text, "(default "):
			lines[i] = strings.Replace(line, "(default ", lang.Word("(default "), 1)
		}
	}
	return strings.Join(lines, "")
}
