package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"herald/source/freeport"
)

// server is a store, which lives until it is stopped.
type server struct {
	name string
	path string // of its endpoint
	find func() (program string, err error)
	args func(dir, port string) (args, env []string, err error)

	once    sync.Once
	dir     string
	address string
	cmd     *exec.Cmd
	said    bytes.Buffer
	err     error
	buckets atomic.Int32
}

// begin starts the store, once.
func (s *server) begin() { s.once.Do(func() { s.err = s.start() }) }

func (s *server) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}

func (s *server) start() error {
	path, err := s.find()
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, exec.ErrNotFound)
	}
	if s.dir, err = os.MkdirTemp("", "store-*"); err != nil {
		return err
	}
	if s.address, err = freeport.Address(); err != nil {
		return err
	}
	args, env, err := s.args(s.dir, s.address)
	if err != nil {
		return err
	}
	s.cmd = exec.Command(path, args...)
	s.cmd.Dir = s.dir
	s.cmd.Env = append(os.Environ(), env...)
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	s.cmd.SysProcAttr = attributes()
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for range 600 {
		if c, err := net.Dial("tcp", s.address); err == nil {
			return c.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("it does not listen after 30 s")
}
