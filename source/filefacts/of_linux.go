package filefacts

import (
	"io/fs"
	"syscall"
	"time"
)

// Of takes the facts out of what the os package knows.
func Of(info fs.FileInfo) Facts {
	f := Facts{Regular: info.Mode().IsRegular(), Size: info.Size(), Mtime: info.ModTime()}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		f.Ctime, f.Inode = time.Unix(st.Ctim.Unix()), st.Ino
	}
	return f
}
