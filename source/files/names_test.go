package files_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"herald/source/files"
)

// TestNamesOfAHugeFolder packs many more names than fit in a block, and long ones.
func TestNamesOfAHugeFolder(t *testing.T) {
	var names, folders, want []string
	for i := range 200_000 {
		name := fmt.Sprintf("%06d-%s", i*7919%200_000, strings.Repeat("가", i%80))
		if i%1000 == 0 {
			folders, want = append(folders, name), append(want, name+"/")
			continue
		}
		names, want = append(names, name), append(want, name)
	}
	slices.Sort(want)
	if got := files.SortedNames(names, folders); !slices.Equal(got, want) {
		t.Errorf("%d names came back of %d", len(got), len(want))
	}
	long := strings.Repeat("a", 60_000)
	if got := files.SortedNames([]string{long, "b", long + "a", long + "b"}, []string{long}); !slices.Equal(got, []string{long, long + "/", long + "a", long + "b", "b"}) {
		t.Error("long names were lost")
	}
}
