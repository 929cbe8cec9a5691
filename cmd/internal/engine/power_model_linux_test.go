package engine_test

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPowerModel: what no fsync has made safe is lost in some power failure, and only that. In the recordings,
// '…' stands for strace's way to write a string.
func TestPowerModel(t *testing.T) {
	const (
		create = "1 openat(AT_FDCWD, '/r/new', O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0644) = 5\n"
		write  = "1 write(5, 'words', 5) = 5\n"
		sync   = "1 fsync(5)   = 0\n"
		rename = "1 renameat(AT_FDCWD, '/r/new', AT_FDCWD, '/r/doc') = 0\n"
		folder = "1 openat(AT_FDCWD, '/r', O_RDONLY|O_CLOEXEC) = 6\n1 fsync(6) = 0\n"
		old    = "1 open('/r/doc', O_RDWR|O_CREAT, 0644) = 3\n1 pwrite64(3, 'old', 3, 0) = 3\n1 fsync(3) = 0\n1 open('/r', O_RDONLY) = 4\n1 fsync(4) = 0\n"
	)
	for _, c := range []struct{ name, calls, want string }{
		{"as it should be", old + create + write + sync + rename + folder, "words"},
		{"the file is not made safe", old + create + write + rename + folder, "/00000/words"},
		{"the folder is not made safe", old + create + write + sync + rename, "old/words"},
		{"fsync comes too early", old + create + sync + write + rename + folder, "/00000/words"},
		{"fsync fails", old + create + write + "1 fsync(5) = -1 EIO (Input/output error)\n" + rename + folder, "/00000/words"},
		{"fsync has not come back", old + create + write + "2 fsync(5 <unfinished ...>\n" + rename + folder, "/00000/words"},
		{"fsync has begun before", old + create + "2 fsync(5 <unfinished ...>\n" + write + "2 <... fsync resumed>) = 0\n" + rename + folder, "/00000/words"},
		{"fsync beside another thread", old + create + write + "2 fsync(5 <unfinished ...>\n1 close(3) = 0\n2 <... fsync resumed>) = 0\n" + rename + folder, "words"},
		{"a rename that nobody saw the end of", old + create + write + sync + strings.Replace(rename, "= 0", "<detached ...>", 1), "old"},
		{"a file cut short", old + "1 ftruncate(3, 1) = 0\n", "o/old"},
		{"a file removed", old + "1 unlinkat(AT_FDCWD, '/r/doc', 0) = 0\n", "nothing/old"},
		{"a file elsewhere", old + "1 open('/s/doc', O_RDWR) = 3\n1 write(3, 'words', 5) = 5\n", "old"},
		{"a descriptor closed", old + "1 close(3 <unfinished ...>\n2 socket(AF_INET, SOCK_STREAM, 0) = 3\n1 <... close resumed>) = 0\n", "old"},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls, err := parseTrace([]byte(spelled(c.calls)))
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]bool{}
			for i := range 200 {
				d := newDisk("/r", base)
				for _, one := range calls {
					if err := d.do(one); err != nil {
						t.Fatal(err)
					}
				}
				files, r := map[string]string{}, rand.New(rand.NewPCG(1, uint64(i)))
				d.top.after(outage{Rand: r, files: r.IntN(3), ordered: r.IntN(2) == 0}, "", files)
				body, stands := files["doc"]
				if !stands {
					body = "nothing"
				}
				found[strings.ReplaceAll(body, "\x00", "0")] = true
			}
			if got := strings.Join(slices.Sorted(maps.Keys(found)), "/"); got != c.want {
				t.Errorf("there may stand %q, want %q", got, c.want)
			}
		})
	}
}

// TestPowerModelSaysWhatItDoesNotKnow: a call that changes a file of ours in another way ends the test.
func TestPowerModelSaysWhatItDoesNotKnow(t *testing.T) {
	calls, err := parseTrace([]byte(spelled("1 open('/r/doc', O_RDWR|O_CREAT, 0644) = 3\n1 fallocate(3, 0, 0, 4096) = 0\n")))
	if err != nil || len(calls) != 2 {
		t.Fatal(calls, err)
	}
	d := newDisk("/r", base)
	if err := d.do(calls[0]); err != nil {
		t.Fatal(err)
	}
	if err := d.do(calls[1]); err == nil {
		t.Error("it was passed over")
	}
}

var quoted = regexp.MustCompile(`'[^']*'`)

// spelled writes strings as strace -xx does.
func spelled(calls string) string {
	return quoted.ReplaceAllStringFunc(calls, func(s string) string {
		var out strings.Builder
		for _, b := range []byte(strings.Trim(s, "'")) {
			fmt.Fprintf(&out, `\x%s`, hex.EncodeToString([]byte{b}))
		}
		return `"` + out.String() + `"`
	})
}
