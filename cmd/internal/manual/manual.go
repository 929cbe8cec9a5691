// Package manual writes the manual pages and the completion scripts of the program, both from the texts of its commands.
package manual

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// Pages writes a manual page of the program and one of each command into a folder, which is made where it is not there. built is
// the date that they bear.
func Pages(root *cobra.Command, folder, version string, built time.Time) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	header := &doc.GenManHeader{Section: "1", Source: "herald " + version, Manual: "herald", Date: &built}
	if err := doc.GenManTree(root, header, folder); err != nil {
		return fmt.Errorf("write the manual pages: %w", err)
	}
	return nil
}

// Shells returns the shells that Completion knows.
func Shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// Completion writes the completion script of a shell, one of Shells.
func Completion(root *cobra.Command, shell string, w io.Writer) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, true)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}
