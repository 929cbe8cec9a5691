package storetest

import "syscall"

// attributes are those of a process that ends with ours.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }
