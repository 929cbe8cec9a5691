package files

import (
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// statAt asks for the facts of a name in an open folder; one system call, no walk along the path.
func statAt(dir *os.File, name string) (facts, error) {
	return fstatat(int(dir.Fd()), name, unix.AT_SYMLINK_NOFOLLOW)
}

// statPath asks for the facts of what a path leads to.
func statPath(path string) (facts, error) { return fstatat(unix.AT_FDCWD, path, 0) }

func fstatat(dir int, name string, flags int) (facts, error) {
	var st unix.Stat_t
	for {
		err := unix.Fstatat(dir, name, &st, flags)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return facts{}, err
		}
		break
	}
	return facts{
		Regular: st.Mode&unix.S_IFMT == unix.S_IFREG,
		Size:    st.Size,
		Mtime:   time.Unix(st.Mtim.Unix()),
		Ctime:   time.Unix(st.Ctim.Unix()),
		Inode:   st.Ino,
	}, nil
}

// readFolder returns what stands in a folder that was opened through an os.Root. The root would ask for
// the facts of every entry at once (one system call each); names and types are enough here.
func readFolder(dir *os.File, each func(fs.DirEntry)) error {
	fd, err := unix.FcntlInt(dir.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return os.NewSyscallError("fcntl", err)
	}
	f := os.NewFile(uintptr(fd), dir.Name())
	defer f.Close()
	return readEntries(f, each)
}
