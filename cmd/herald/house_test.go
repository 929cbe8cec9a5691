package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// These tests hold the plan of the house: which rooms there are, who may import whom, and which
// room may import which dependency. A message says what the rule is for; where the rule is
// wrong, mend the plan and the test together.

// listed is what `go list -json` says of one package.
type listed struct {
	ImportPath, Dir                    string
	Imports, TestImports, XTestImports []string
	GoFiles, TestGoFiles, XTestGoFiles []string
}

// room gives the package's folder below the module.
func (l listed) room() string { return strings.TrimPrefix(l.ImportPath, "herald/") }

const repository = "../.."

func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Imports,TestImports,XTestImports,GoFiles,TestGoFiles,XTestGoFiles", "./...")
	cmd.Dir = repository
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var l listed
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, l)
	}
}

// floor gives a room's floor; config stands beside the house and -1 is no room of the plan.
func floor(room string) int {
	if step(room) >= 0 {
		return 0
	}
	switch room {
	case "cmd/internal/publish", "cmd/internal/notify", "config":
		return 0
	case "feeds", "sitemap", "cmd/internal/ledger":
		return 1
	case "cmd/internal/edition", "cmd/internal/serve", "cmd/internal/admin", "cmd/internal/notify/hub":
		return 2
	case "cmd/herald":
		return 3
	}
	if path.Dir(room) == "source" {
		return 1
	}
	return -1
}

// step returns the place of a room in the chain of floor 0, the lowest first, or -1: source and its small
// libraries import those before them.
func step(room string) int {
	return slices.IndexFunc([][]string{
		{"source"}, {"source/text"}, {"source/date", "source/weburl"},
		{"source/safehtml", "source/frontmatter", "source/permalink"}, {"source/markup"}, {"source/reader"},
	}, func(rooms []string) bool { return slices.Contains(rooms, room) })
}

func TestFloors(t *testing.T) {
	for _, p := range listPackages(t) {
		own := floor(p.room())
		if own < 0 {
			t.Errorf("%s is no room of the plan: a new room needs its floor here and in the plan", p.ImportPath)
		}
		for _, imported := range p.Imports {
			other, ours := strings.CutPrefix(imported, "herald/")
			switch {
			case !ours:
			case other == "config" && p.room() != "cmd/herald":
				t.Errorf("%s imports config: rooms declare the settings that they need, and only cmd/herald maps the config to them", p.ImportPath)
			case step(p.room()) >= 0 && step(other) >= 0:
				if step(other) >= step(p.room()) {
					t.Errorf("%s imports %s, which does not stand before it in the chain of the small libraries", p.ImportPath, imported)
				}
			case floor(other) >= own:
				t.Errorf("%s (floor %d) imports %s (floor %d): imports point to a lower floor, so that each room can be read and tested without those above or beside it", p.ImportPath, own, imported, floor(other))
			}
		}
	}
}

// The writers and what articles share are libraries for anybody: no disk, clock or network.
func TestPureRooms(t *testing.T) {
	forbidden := []string{"os", "os/exec", "net", "net/http", "syscall", "path/filepath", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "database/sql"}
	for _, p := range listPackages(t) {
		if step(p.room()) < 0 && !slices.Contains([]string{"feeds", "sitemap"}, p.room()) {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(forbidden, imported) {
				t.Errorf("%s imports %s: it touches no disk, clock or network, and gives the same bytes for the same input", p.ImportPath, imported)
			}
		}
	}
}

// dependencies says which room may import what is not ours. One room a dependency, so that it
// can be replaced there; where there are more, the reason is beside it.
func dependencies() map[string][]string {
	return map[string][]string{
		"code.dny.dev/ssrf":                  {"cmd/herald"},
		"github.com/BurntSushi/toml":         {"source/frontmatter", "cmd/herald"}, // front matter; settings of other generators (init)
		"github.com/bmatcuk/doublestar":      {"source/files", "config"},           // matching; refusing a wrong pattern with its place
		"github.com/fsnotify/fsnotify":       {"cmd/herald"},
		"github.com/gofrs/flock":             {"cmd/internal/ledger"},
		"github.com/jackc/pgx":               {"cmd/internal/ledger"}, // its tests only, as yet
		"github.com/gorilla/feeds":           {"feeds"},
		"github.com/microcosm-cc/bluemonday": {"source/markup"}, // its tests only
		"github.com/pressly/goose":           {"cmd/internal/ledger"},
		"github.com/rivo/uniseg":             {"source/safehtml"},
		"github.com/robfig/cron":             {"config"},
		"github.com/rogpeppe/go-internal":    {"cmd/herald"},
		"github.com/spf13/cobra":             {"cmd/herald"},
		"github.com/spf13/viper":             {"config"},
		"github.com/yuin/goldmark":           {"source/markup"},
		"golang.org/x/net":                   {"source/safehtml", "source/weburl", "config"},                   // HTML; host names in punycode
		"golang.org/x/sync":                  {"cmd/internal/edition", "source/files"},                         // bounded work in each
		"golang.org/x/sys":                   {"source/files", "cmd/internal/publish"},                         // folder handles in each
		"golang.org/x/text":                  {"source/text", "source/reader", "config", "cmd/internal/serve"}, // NFC in each; language tags
		"gopkg.in/yaml.v3":                   {"source/frontmatter", "config", "cmd/herald"},                   // front matter; herald.yaml; settings of other generators (init)
		"modernc.org/sqlite":                 {"cmd/internal/ledger"},
	}
}

func TestDependencies(t *testing.T) {
	table := dependencies()
	for _, p := range listPackages(t) {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			host, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(host, ".") {
				continue
			}
			name := moduleOf(table, imported)
			if name == "" {
				t.Errorf("%s imports %s, which the table does not know: the standard library first; else say here which room needs it", p.ImportPath, imported)
			} else if !slices.Contains(table[name], p.room()) {
				t.Errorf("%s imports %s, which stands in %v only: call that room, so that the dependency can be replaced in one place", p.ImportPath, imported, table[name])
			}
		}
	}
}

func moduleOf(table map[string][]string, imported string) string {
	for name := range table {
		if imported == name || strings.HasPrefix(imported, name+"/") {
			return name
		}
	}
	return ""
}

// The top level is fixed, so that a reader sees the rooms at once.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "feeds", "sitemap", "source", "config", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md", "Dockerfile"}
	ignored := ignoredNames(t)
	entries, err := os.ReadDir(repository)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s stands at the top level, which is fixed: put it into the room that it belongs to", e.Name())
		}
	}
}

func ignoredNames(t *testing.T) func(name string) bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	return func(name string) bool {
		for pattern := range strings.FieldsSeq(string(text)) {
			if ok, _ := path.Match(strings.Trim(pattern, "/"), name); ok {
				return true
			}
		}
		return false
	}
}
