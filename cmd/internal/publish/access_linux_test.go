package publish_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"

	"herald/cmd/internal/publish"
)

// asNobody runs f on a thread whose file accesses are those of an ordinary user, whoever runs the
// tests. The thread ends with its goroutine.
func asNobody(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
		}
		f()
	}()
	<-done
}

func TestOpenDirThatCannotBeWritten(t *testing.T) {
	top := t.TempDir()
	root := filepath.Join(top, "public")
	for _, err := range []error{os.Mkdir(root, 0o755), os.Chmod(root, 0o555), os.Chmod(top, 0o755), os.Chmod(filepath.Dir(top), 0o755)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []string{root, filepath.Join(root, "below")} {
		var err error
		asNobody(func() { _, err = publish.OpenDir(p) })
		wantError(t, err, "folder "+p, "user id "+strconv.Itoa(os.Getuid()), "permission denied")
		asNobody(func() { err = publish.Writable(p) })
		wantError(t, err, "folder "+p, "user id "+strconv.Itoa(os.Getuid()), "permission denied")
	}
}
