package filefacts

import "golang.org/x/sys/unix"

// BeingWritten reports whether somebody has a file open for writing: the kernel then refuses a lease for reading, see fcntl(2).
// The lease is handed back at once. False where that cannot be known: the file is somebody else's, or its file system has no leases.
func BeingWritten(path string) bool {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_RDLCK); err != nil {
		return err == unix.EAGAIN
	}
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_UNLCK) // closing does it too
	return false
}
