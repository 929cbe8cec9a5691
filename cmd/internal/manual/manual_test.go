package manual_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/manual"
)

// program is one whose texts are hard on roff.
func program() *cobra.Command {
	nothing := func(*cobra.Command, []string) {}
	root := &cobra.Command{Use: "kiosk", Short: "Sells papers", Long: "Sells papers and counts them.\n.dot and 'quote' begin\n'lines \\ too.\n\nExit status: 0 sold; 1 not sold.", CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true}}
	root.PersistentFlags().StringP("config", "c", "kiosk.yaml", "the config")
	root.PersistentFlags().String("log-level", "", "debug or info")
	sell := &cobra.Command{Use: "sell FILE", Short: "Sell a \"paper\" for 5~6 won", Example: "  kiosk sell a.pdf   # one\n  kiosk sell --loud b.pdf", Run: nothing}
	sell.Flags().Bool("loud", false, "shout: 신문이요")
	sell.Flags().Bool("later", false, "not yet")
	_ = sell.Flags().MarkHidden("later")
	root.AddCommand(sell, &cobra.Command{Use: "count", Short: "Count papers", Run: nothing}, &cobra.Command{Use: "move DIR", Short: "Move", Run: nothing},
		&cobra.Command{Use: "coming", Short: "Is to come", Hidden: true, Run: nothing})
	manual.Complete(root)
	manual.Flag(root, "config", "FILE", ".yaml", ".yml")
	manual.Flag(root, "log-level", "LEVEL", "debug", "info")
	return root
}

func pages(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "man1")
	if err := manual.Pages(program(), folder, "1.2.3", time.Date(2026, 3, 1, 23, 0, 0, 0, time.FixedZone("", -3600))); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestPagesSayWhatHelpSays(t *testing.T) {
	folder := pages(t)
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), "kiosk-count.1 kiosk-move.1 kiosk-sell.1 kiosk.1"; got != want {
		t.Errorf("got the pages %s, want %s", got, want)
	}
	got, err := os.ReadFile(filepath.Join(folder, "kiosk-sell.1"))
	if err != nil {
		t.Fatal(err)
	}
	want := `.TH "KIOSK\-SELL" 1 "2026-03-02" "kiosk 1.2.3"
.SH NAME
kiosk\-sell \- Sell a "paper" for 5\(ti6 won
.SH SYNOPSIS
.B kiosk sell
[OPTIONS] FILE
.SH DESCRIPTION
Sell a "paper" for 5\(ti6 won.
.SH OPTIONS
.TP
.B \-h, \-\-help
help for sell
.TP
.B \-\-loud
shout: 신문이요
.SH OPTIONS OF ALL COMMANDS
.TP
.B \-c, \-\-config FILE
the config (default kiosk.yaml)
.TP
.B \-\-log\-level LEVEL
debug or info
.SH EXIT STATUS
0 sold; 1 not sold.
.SH EXAMPLES
.nf
kiosk sell a.pdf   # one
kiosk sell \-\-loud b.pdf
.fi
.SH SEE ALSO
kiosk(1)
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// needed returns the path of a program; where it is not there the test is skipped, but not under CI.
func needed(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPagesAreRead(t *testing.T) {
	folder := pages(t)
	for _, name := range []string{"kiosk.1", "kiosk-sell.1"} {
		lint := exec.Command(needed(t, "mandoc"), "-T", "lint", "-W", "warning", name)
		lint.Dir = folder
		if out, err := lint.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("mandoc of %s: %v\n%s", name, err, out)
		}
	}
	shown := exec.Command(needed(t, "mandoc"), "-T", "utf8", "-O", "width=200", filepath.Join(folder, "kiosk.1"))
	out, err := shown.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(plain(out))
	for _, want := range []string{".dot and 'quote' begin 'lines \\ too.", "kiosk sell FILE\n", "Sell a \"paper\" for 5~6 won"} {
		if !strings.Contains(text, want) {
			t.Errorf("got\n%s\nwant %q in it", text, want)
		}
	}
}

// plain takes away what makes letters bold: a letter, a step back, and the letter again.
func plain(text []byte) []byte {
	var out []byte
	for _, b := range text {
		if b == '\b' {
			out = out[:len(out)-1]
			continue
		}
		out = append(out, b)
	}
	return bytes.ReplaceAll(out, []byte("\u00a0"), []byte(" "))
}
