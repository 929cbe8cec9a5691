package config_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	_ "time/tzdata"

	"herald/config"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Each testdata/NAME.bad.yml has in NAME.txt the exact words that the operator reads.
func TestBad(t *testing.T) {
	t.Chdir("testdata")
	files, err := filepath.Glob("*.bad.yml")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			_, _, err := config.Load(file, config.Options{})
			if err == nil {
				t.Fatal("got no error, want one")
			}
			var faults config.Errors
			if !errors.As(err, &faults) {
				t.Fatalf("got %T, want Errors", err)
			}
			got := err.Error() + "\n"
			golden := strings.TrimSuffix(file, ".bad.yml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			if strings.Contains(got, "hunter2") {
				t.Errorf("got a password in %s", got)
			}
		})
	}
}
