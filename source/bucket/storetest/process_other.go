//go:build !linux

package storetest

import "syscall"

// attributes are those of our own processes.
func attributes() *syscall.SysProcAttr { return nil }
