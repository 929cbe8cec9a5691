package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The ways in which shells are asked what they would offer behind the last word of a line. %s is the script's file, then the words.
const (
	inBash = `source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
__start_herald herald "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null; printf '%%s\n' "${COMPREPLY[@]}"`
	// zsh completes in its editor only: its functions are those of the script, and what they hand to the editor is printed.
	inZsh = `compdef() { }; _describe() { print -rl -- "${completions[@]}" }; _arguments() { print -r -- "files $*" }; source %s
words=(%s); CURRENT=${#words}; _herald`
	inFish = `source %s; complete -C "$(string join ' ' -- (string replace -a '""' '' -- %s))"`
)

// completed returns what a shell offers, sorted, without descriptions.
func completed(t *testing.T, shell, way string, words ...string) []string {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	script := filepath.Join(t.TempDir(), "script")
	text, err := exec.Command("herald", "completion", shell).Output()
	if err == nil {
		err = os.WriteFile(script, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Join(words, " ")
	args := map[string][]string{"bash": {"--norc", "--noprofile"}, "zsh": {"-f"}, "fish": {"--no-config"}}[shell]
	out, err := exec.Command(shell, append(args, "-c", fmt.Sprintf(way, script, line))...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", shell, err, out)
	}
	var offered []string
	for one := range strings.Lines(string(out)) {
		one, _, _ = strings.Cut(strings.TrimRight(one, "\n"), "\t")
		if shell == "zsh" {
			one, _, _ = strings.Cut(one, ":")
		}
		if one = strings.TrimSpace(one); one != "" {
			offered = append(offered, one)
		}
	}
	slices.Sort(offered)
	return offered
}

func TestCCompletionsInRealShells(t *testing.T) {
	for shell, way := range map[string]string{"bash": inBash, "zsh": inZsh, "fish": inFish} {
		t.Run(shell, func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct{ line, want string }{
				{`herald sta`, "state status"},
				{`herald state ""`, "dump load"},
				{`herald completion ""`, "bash fish powershell zsh"},
				{`herald build --log-level ""`, "debug error info warn"},
				{`herald build --no`, "--notify"},
				{`herald check --li`, ""}, // refused by name, and not offered
				{`herald run ""`, ""},
			} {
				if got := strings.Join(completed(t, shell, way, strings.Fields(c.line)...), " "); got != c.want {
					t.Errorf("%s: got %q, want %q", c.line, got, c.want)
				}
			}
		})
	}
}

// Configs, folders and the holds that stand are offered where they are asked for; a bash without its package of completions offers them, too.
func TestCCompletionsKnowTheFolder(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "site: {url: \"https://news.example.org\", title: 소식}\nsources: [{path: ./글}]\n", "notes.txt": "x", "글/a.md": "# 첫 글\n\n말\n",
		"public/feed.xml": "<rss>of somebody else</rss>",
	} {
		file := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("herald", "build", "-c", "site.yaml")
	build.Dir = folder
	if out, _ := build.CombinedOutput(); build.ProcessState.ExitCode() != 3 {
		t.Fatalf("ended with %d, want 3: a file of somebody else is in the way\n%s", build.ProcessState.ExitCode(), out)
	}
	way := "cd " + folder + " || exit; " + inBash
	for _, c := range []struct{ line, want string }{
		{`herald build -c ""`, "public site.yaml 글"},
		{`herald build -c s`, "site.yaml"},
		{`herald init ""`, "public 글"},
		{`herald approve -c site.yaml ""`, "1 all"},
		{`herald approve -c notes.txt ""`, ""},
	} {
		if got := strings.Join(completed(t, "bash", way, strings.Fields(c.line)...), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.line, got, c.want)
		}
	}
}
