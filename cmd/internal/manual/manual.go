// Package manual makes the manual pages and the completion scripts of the program, both from the texts of its commands, as --help is:
// what is listed in one is listed in all.
package manual

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

// Pages writes a manual page of the program and one of each command into a folder, which is made where it is not there. built is
// the day that they bear.
func Pages(root *cobra.Command, folder, version string, built time.Time) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var write func(*cobra.Command) error
	write = func(c *cobra.Command) error {
		file := filepath.Join(folder, pageName(c)+".1")
		if err := os.WriteFile(file, []byte(page(c, version, built)), 0o644); err != nil {
			return fmt.Errorf("write the manual pages: %w", err)
		}
		for _, sub := range listed(c) {
			if err := write(sub); err != nil {
				return err
			}
		}
		return nil
	}
	return write(root)
}
