package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A Go program reads the clock without the kernel's help, from the vDSO page, so no preloaded
// library can stop it. It asks the kernel only where it is told of no such page. The tracer here
// hides the page when the program starts and answers its clock_gettime(CLOCK_REALTIME) itself;
// a seccomp filter sees to it that nothing else of the program is stopped.

// The words by which the program starts itself with a clock that stands, and inside its filter.
const (
	clockWord  = "clock"
	filterWord = "filter"
)

const (
	auxIgnore = 1  // AT_IGNORE
	auxVDSO   = 33 // AT_SYSINFO_EHDR
)

// stopClock runs the program args[1:] with the clock standing still at the Unix time args[0] and
// returns its exit status.
func stopClock(args []string) (int, error) {
	at, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("stop clock: read time: %w", err)
	}
	runtime.LockOSThread() // only the thread that started a tracee may speak to it
	cmd := exec.Command("/proc/self/exe", append([]string{filterWord}, args[1:]...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("stop clock: start: %w", err)
	}
	t := tracer{main: cmd.Process.Pid, at: time.Unix(at, 0)}
	return t.run()
}

// filtered becomes the program args, with a filter that stops each question for the time of day.
func filtered(args []string) error {
	runtime.LockOSThread()
	const nr, arch, arg0 = 0, 4, 16 // offsets in struct seccomp_data
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: arch},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.AUDIT_ARCH_X86_64, Jf: 5},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: nr},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_CLOCK_GETTIME, Jf: 3},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: arg0},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.CLOCK_REALTIME, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_TRACE},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("filter: no new privileges: %w", err)
	}
	if _, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&program))); errno != 0 {
		return fmt.Errorf("filter: seccomp: %w", errno)
	}
	return fmt.Errorf("filter: exec %s: %w", args[0], unix.Exec(args[0], args, os.Environ()))
}

// tracer follows one program and all its threads.
type tracer struct {
	main int
	at   time.Time
}

// run ends with the program and returns its exit status, 128 and the signal's number where one
// killed it.
func (t *tracer) run() (int, error) {
	for {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, unix.WALL, nil)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return 0, fmt.Errorf("stop clock: wait: %w", err)
		case pid == t.main && status.Exited():
			return status.ExitStatus(), nil
		case pid == t.main && status.Signaled():
			return 128 + int(status.Signal()), nil
		case status.Stopped():
			if err := t.stopped(pid, status); err != nil && !errors.Is(err, unix.ESRCH) { // killed meanwhile
				return 0, fmt.Errorf("stop clock: %w", err)
			}
		}
	}
}

// stopped does what a stop of a thread asks for and lets it go on.
func (t *tracer) stopped(pid int, status unix.WaitStatus) error {
	signal := 0
	switch cause := status.TrapCause(); {
	case cause == unix.PTRACE_EVENT_SECCOMP:
		if err := t.answer(pid); err != nil {
			return err
		}
	case cause == unix.PTRACE_EVENT_EXEC:
		if err := hideVDSO(pid); err != nil {
			return err
		}
	case cause > 0: // a new thread
	case status.StopSignal() == unix.SIGTRAP: // the first stop, of the child that will become the program
		const follow = unix.PTRACE_O_TRACESECCOMP | unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_EXITKILL
		if err := unix.PtraceSetOptions(pid, follow); err != nil {
			return err
		}
	case status.StopSignal() == unix.SIGSTOP: // a new thread's first stop
	default:
		signal = int(status.StopSignal())
	}
	return unix.PtraceCont(pid, signal)
}

// answer puts the time where the thread wants it and skips the system call.
func (t *tracer) answer(pid int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(pid, &regs); err != nil {
		return err
	}
	var timespec [16]byte
	binary.LittleEndian.PutUint64(timespec[:], uint64(t.at.Unix()))
	if _, err := unix.PtracePokeData(pid, uintptr(regs.Rsi), timespec[:]); err != nil {
		return err
	}
	regs.Orig_rax, regs.Rax = ^uint64(0), 0
	return unix.PtraceSetRegs(pid, &regs)
}

// hideVDSO takes the vDSO out of the table that the kernel lays on a new program's stack: argc,
// arguments, 0, environment, 0, pairs of a type and a value.
func hideVDSO(pid int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(pid, &regs); err != nil {
		return err
	}
	word := func(at uint64) (uint64, error) {
		var w [8]byte
		_, err := unix.PtracePeekData(pid, uintptr(at), w[:])
		return binary.LittleEndian.Uint64(w[:]), err
	}
	argc, err := word(regs.Rsp)
	if err != nil {
		return err
	}
	at := regs.Rsp + 8*(argc+2)
	for w := uint64(1); w != 0; at += 8 {
		if w, err = word(at); err != nil {
			return err
		}
	}
	for ; ; at += 16 {
		kind, err := word(at)
		if err != nil || kind == 0 {
			return err
		}
		if kind == auxVDSO {
			var ignore [8]byte
			ignore[0] = auxIgnore
			_, err := unix.PtracePokeData(pid, uintptr(at), ignore[:])
			return err
		}
	}
}
