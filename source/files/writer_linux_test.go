package files_test

import (
	"os"
	"testing"
)

// While somebody has a file open for writing, it has not settled, however long it stands still.
func TestAnOpenFileIsNotSettled(t *testing.T) {
	for name, flag := range map[string]int{"to append": os.O_APPEND | os.O_WRONLY, "to read and write": os.O_RDWR, "to write": os.O_WRONLY} {
		t.Run(name, func(t *testing.T) {
			s := newSettling(t)
			f, err := os.OpenFile(s.path, flag, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			s.want("open", 2000*ms, false)
			s.want("still open", 4000*ms, false)
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			s.want("closed", 4100*ms, true)
			s.Taken("a.md")
			reading, err := os.Open(s.path)
			if err != nil {
				t.Fatal(err)
			}
			defer reading.Close()
			s.want("open for reading only", 2000*ms, true)
		})
	}
}
