package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"syscall"
)

// tempName is the whole shape: anything else with the prefix was not made here and stays.
var tempName = regexp.MustCompile(`^\.herald-([0-9]{1,10})-[0-9]+\.tmp$`)

// create opens a new temporary file in folder. The process id in its name tells a later process
// whether anybody still writes it.
func (b *batch) create(folder string) (*os.File, string, error) {
	for {
		b.dir.made++
		temp := path.Join(folder, fmt.Sprintf("%s%d-%d.tmp", tempPrefix, os.Getpid(), b.dir.made))
		f, err := b.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return f, temp, err
	}
}

// clean removes from folder, once in the life of d, the temporary files of processes that are gone.
// Those under our own process id are from before us too: d has none under way when it calls this.
// Faults are passed over: a leftover harms nobody.
func (d *Dir) clean(r *os.Root, folder string) {
	if d.cleaned[folder] {
		return
	}
	d.cleaned[folder] = true
	entries, err := fs.ReadDir(r.FS(), folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		m := tempName.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() || alive(m[1]) {
			continue
		}
		_ = r.Remove(path.Join(folder, e.Name()))
	}
}

// alive tells whether another process with this id runs.
func alive(digits string) bool {
	pid, err := strconv.Atoi(digits)
	if err != nil || pid <= 0 || pid == os.Getpid() {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH)
}
