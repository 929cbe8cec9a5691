//go:build !linux

package filefacts

// BeingWritten reports whether somebody has a file open for writing, which cannot be asked here.
func BeingWritten(string) bool { return false }
