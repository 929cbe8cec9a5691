//go:build !unix

package statefile

import "os"

func linksOf(os.FileInfo) uint64 { return 1 }

func writable(path string) error {
	_, err := os.Stat(path)
	return err
}
