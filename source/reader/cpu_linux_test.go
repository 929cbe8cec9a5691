package reader_test

import (
	"syscall"
	"time"
)

// threadTime returns what the thread has computed so far. Other threads, and whatever else the machine does, do not count.
func threadTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_THREAD, &u) // fails for no thread of ours
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
