package publish_test

import (
	"path/filepath"
	"testing"

	"herald/cmd/internal/publish"
	"herald/cmd/internal/publish/publishtest"
)

func TestDirIsASink(t *testing.T) {
	publishtest.Test(t, func(t *testing.T) publish.Sink {
		d, _ := open(t)
		return d
	})
}

func TestDryRunIsASink(t *testing.T) {
	publishtest.Test(t, func(t *testing.T) publish.Sink {
		return publish.DryRun(publish.View(filepath.Join(t.TempDir(), "public")))
	})
}

// A dry run over documents that stand reads as if it had written, and writes nothing.
func TestDryRunWritesNothing(t *testing.T) {
	d, root := open(t)
	put(t, d, "a.txt", "a", "b.txt", "b")
	dry := publish.DryRun(publish.View(root))
	if err := dry.Put(t.Context(), documents("a.txt", "A", "c.txt", "c")); err != nil {
		t.Fatal(err)
	}
	if err := dry.Remove(t.Context(), []string{"b.txt"}); err != nil {
		t.Fatal(err)
	}
	if got, err := dry.Names("."); err != nil || len(got) != 2 || got[0] != "a.txt" || got[1] != "c.txt" {
		t.Errorf("Names: got %q, %v, want a.txt and c.txt", got, err)
	}
	wantTree(t, root, "a.txt=a", "b.txt=b")
}
