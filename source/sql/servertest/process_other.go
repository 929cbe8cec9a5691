//go:build !linux

package servertest

import "syscall"

// attributes are those of our own processes: servers that refuse root do not start here as root.
func attributes(*owner) *syscall.SysProcAttr { return nil }
