package generator

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMachineZone(t *testing.T) {
	etc := t.TempDir()
	link := func(target string) {
		_ = os.Remove(filepath.Join(etc, "localtime"))
		if err := os.Symlink(target, filepath.Join(etc, "localtime")); err != nil {
			t.Fatal(err)
		}
	}
	want := func(zone string, env ...string) {
		t.Helper()
		if got := MachineZone(env, etc); got != zone {
			t.Errorf("MachineZone(%q) = %q, want %q", env, got, zone)
		}
	}
	want("UTC")
	if err := os.WriteFile(filepath.Join(etc, "timezone"), []byte("Asia/Tokyo\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	want("Asia/Tokyo")
	link("/usr/share/zoneinfo/Asia/Seoul")
	want("Asia/Seoul")
	want("America/New_York", "TZ=UTC", "TZ=America/New_York")
	want("America/New_York", "TZ=:America/New_York")
	want("Europe/Berlin", "TZ=/usr/share/zoneinfo/Europe/Berlin")
	want("Asia/Seoul", "TZ=KST-9")
	want("Asia/Seoul", "TZ=")
	link("/usr/share/zoneinfo/Etc/UTC")
	want("UTC")
	link("/nowhere")
	want("Asia/Tokyo")
}
