//go:build !linux

package files

// readDirect is for systems that can open a path without symbolic links in one call.
func readDirect(root, key string) ([]byte, bool) { return nil, false }
