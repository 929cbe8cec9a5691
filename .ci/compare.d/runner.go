package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// epoch is when every set begins, in Unix seconds: 2030-03-14 00:26:40 UTC, far behind the times of
// all files, so that herald may trust them.
const epoch = 1_899_678_400

// patience is how long one command may take before it counts as hanging.
const patience = 3 * time.Minute

// runner takes one binary through one set.
type runner struct {
	set     set
	binary  string
	folder  string // of the site; the same for both binaries
	results string
	hub     *hub
	clock   int64
	stands  map[string]string // what is published: path to a stamp that any writing changes
}

func (r *runner) run() error {
	site, err := newSite(r.folder, r.hub)
	if err != nil {
		return err
	}
	program := filepath.Join(filepath.Dir(r.folder), "herald") // one name for both
	if err := os.Symlink(r.binary, program); err != nil {
		return err
	}
	for i, s := range r.set.steps {
		r.clock = epoch + int64(i)*3600
		if s.change != nil {
			s.change(site)
		}
		if site.err != nil {
			return fmt.Errorf("%s: %w", s.name, site.err)
		}
		if err := r.step(s, filepath.Join(r.results, fmt.Sprintf("%02d-%s", i, s.name))); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return clear(r.folder, program)
}

// clear removes what a run leaves, folders without permissions included.
func clear(paths ...string) error {
	for _, p := range paths {
		err := filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() {
				return os.Chmod(path, 0o755)
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := os.RemoveAll(p); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) step(s step, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for i, a := range s.asks {
		if err := r.ask(a, filepath.Join(to, fmt.Sprintf("%02d-%s", i, fileName(a)))); err != nil {
			return err
		}
		r.clock += 60
	}
	if r.hub != nil {
		if err := os.WriteFile(filepath.Join(to, "requests"), r.hub.take(), 0o644); err != nil {
			return err
		}
	}
	return r.keepSite(to)
}

// fileName makes a command a name for its results.
func fileName(a ask) string {
	name := strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`/\:*?"<>| `, c) || c == 0x7F || c == 0xFFFD {
			return '_'
		}
		return c
	}, strings.Join(a, " "))
	return name[:min(len(name), 80)]
}

// ask runs one command with the clock standing still and keeps its output and exit status.
func (r *runner) ask(a ask, to string) error {
	if a[0] == daemonWord {
		return r.daemon(to)
	}
	var out, errs bytes.Buffer
	cmd := r.command(a)
	cmd.Stdout, cmd.Stderr = &out, &errs
	timer := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		return err
	}
	text := out.Bytes()
	if slices.Contains(a, "--notify") {
		text = sortedLines(text) // targets are told at once, and listed as they answer
	}
	return keepOutput(to, text, errs.Bytes(), cmd.ProcessState.ExitCode())
}

func keepOutput(to string, out, errs []byte, status int) error {
	for ending, data := range map[string][]byte{"stdout": out, "stderr": errs, "status": []byte(strconv.Itoa(status) + "\n")} {
		if err := os.WriteFile(to+"."+ending, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// command is a herald with the clock at r.clock and an environment of its own.
func (r *runner) command(a ask) *exec.Cmd {
	program := filepath.Join(filepath.Dir(r.folder), "herald")
	cmd := exec.Command("/proc/self/exe", append([]string{clockWord, strconv.FormatInt(r.clock, 10), program}, a...)...)
	cmd.Dir = r.folder
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.folder, "LANG=C.UTF-8", "TZ=UTC"}, r.set.env...)
	return cmd
}

// keepSite copies what stands published and each herald.yaml, and lists all files: the modes of
// what is published, and whether it was written since the last step.
func (r *runner) keepSite(to string) error {
	var list strings.Builder
	stands := map[string]string{}
	err := filepath.WalkDir(r.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, r.folder+"/")
		published := strings.HasPrefix(name, "public")
		if strings.HasPrefix(name, "herald.db-") || d.IsDir() && !published {
			return nil // what SQLite keeps beside a database
		}
		if !published {
			fmt.Fprintf(&list, "%q\n", name)
			if d.Name() != "herald.yaml" {
				return nil
			}
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if published {
			stat := info.Sys().(*syscall.Stat_t)
			stands[name] = fmt.Sprint(stat.Ino, stat.Mtim, stat.Ctim)
			state := "stands"
			if !d.IsDir() && stands[name] != r.stands[name] {
				state = "written"
			}
			fmt.Fprintf(&list, "%q %s %s\n", name, info.Mode(), state)
		}
		return copyTo(filepath.Join(to, "site", name), path, info)
	})
	if err != nil {
		return err
	}
	r.stands = stands
	return os.WriteFile(filepath.Join(to, "files"), []byte(list.String()), 0o644)
}

// copyTo copies one file; anything but folders and regular files is left to the list.
func copyTo(to, from string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return os.MkdirAll(to, 0o755)
	case !info.Mode().IsRegular():
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
