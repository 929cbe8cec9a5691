package manual

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Shells returns the shells that Script knows.
func Shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// Script writes the completion script of a shell, one of Shells. It asks the program itself for what fits.
func Script(root *cobra.Command, shell string, w io.Writer) error {
	switch shell {
	case "bash":
		return bash(root, w)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}

// The script for bash calls functions of the package bash-completion, which many servers and containers lack: there the words are
// those of bash itself.
const (
	bashWords = `    _get_comp_words_by_ref "$@" cur prev words cword`
	ownWords  = `    if declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref "$@" cur prev words cword
    else
        words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
        cur=${words[cword]} prev=${words[cword-1]}
    fi`
)

func bash(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	text := strings.Replace(script.String(), bashWords, ownWords, 1)
	for _, name := range []string{"__ltrim_colon_completions", "_filedir"} {
		text = strings.ReplaceAll(text, name, ownName+name)
	}
	_, err := io.WriteString(w, text+ownFunctions)
	return err
}

// ownFunctions call the other functions of bash-completion where that is, and do without where it is not: files that end in a
// certain way ("yaml|yml"), folders.
const (
	ownName      = "__own"
	ownFunctions = `
__own__ltrim_colon_completions()
{
    if declare -F __ltrim_colon_completions >/dev/null; then
        __ltrim_colon_completions "$@"
    fi
}

__own_filedir()
{
    if declare -F _filedir >/dev/null; then
        _filedir "$@"
        return
    fi
    local name ends="${1:+\\.($1)\$}"
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        if [[ -d $name || $name =~ $ends ]]; then
            COMPREPLY+=("$name")
        fi
    done < <(compgen -f -- "$cur")
}
`
)
