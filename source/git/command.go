package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

const (
	timeout  = 10 * time.Minute // of one command
	maxToken = 1 << 20          // a path
	maxSaid  = 4 << 10          // of what git says on its stderr
)

var errShallow = errors.New("dates: git needs the whole history, and this clone is shallow: run git fetch --unshallow (in a workflow, check out with fetch-depth: 0)")

// settings keep the configuration of a machine and a repository from changing what is read, or from running anything.
var settings = []string{
	"--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs", "-c", "core.quotepath=off", "-c", "core.hooksPath=/dev/null",
	"-c", "core.fsmonitor=false", "-c", "log.follow=false", "-c", "log.showSignature=false", "-c", "log.mailmap=false", "-c", "diff.orderFile=/dev/null",
}

// foreign are variables that would lead git to another repository than that of the folder, as hooks set them.
var foreign = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF"}

func environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(foreign, name)
	})
	return append(env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
}

// folder is where git runs.
type folder string

// run starts git in the folder, lets read take its output, and waits for its end.
func (f folder) run(ctx context.Context, read func(io.Reader) error, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", slices.Concat(settings, args)...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = string(f), environment(), 5*time.Second
	said := &bounded{}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return explain(err, "")
	}
	readErr := read(out)
	if readErr != nil {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case readErr != nil:
		return readErr
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return explain(err, said.String())
	}
	return nil
}

// output returns what a command prints.
func (f folder) output(ctx context.Context, args ...string) (string, error) {
	var text strings.Builder
	err := f.run(ctx, func(r io.Reader) error { _, err := io.Copy(&text, r); return err }, args...)
	return text.String(), err
}

// each calls take for what a command prints before each NUL.
func (f folder) each(ctx context.Context, take func(string) error, args ...string) error {
	return f.run(ctx, func(r io.Reader) error {
		s := bufio.NewScanner(r)
		s.Buffer(make([]byte, 64<<10), maxToken)
		s.Split(atNUL)
		for s.Scan() {
			if err := take(s.Text()); err != nil {
				return err
			}
		}
		return s.Err()
	}, args...)
}

func atNUL(data []byte, atEnd bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEnd && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// explain says what to do about the common failures.
func explain(err error, said string) error {
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("dates: git: the git command is not installed here")
	case errors.Is(err, os.ErrNotExist):
		return errors.New("dates: git: the folder is not there")
	case strings.Contains(said, "dubious ownership"):
		return errors.New("dates: git: the repository belongs to another user, and git reads none of those: " +
			"run git config --global --add safe.directory with its folder as the user that herald runs as")
	case strings.Contains(said, "not a git repository"):
		return errors.New("dates: git: the folder lies in no git repository; put it into one, or take git out of dates")
	case strings.Contains(said, "unknown option") || strings.Contains(said, "unrecognized argument"):
		return fmt.Errorf("dates: git: the git command is too old (%s)", firstLine(said))
	case said != "":
		return fmt.Errorf("git: %s: %w", firstLine(said), err)
	}
	return fmt.Errorf("git: %w", err)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// isStatus reports whether a command ended with a status.
func isStatus(err error, status int) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == status
}

// bounded keeps the beginning of what is written to it.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if room := maxSaid - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
