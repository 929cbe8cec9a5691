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

// room returns the package's folder below the module.
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

// floors lists the rooms of the plan from the ground up, those that are not built yet too.
// Within the lowest floor there is one chain: its rooms are listed in its order, and each may
// import those listed before it on a line of its own.
func floors() [][][]string {
	return [][][]string{
		{
			{"source"},
			{"source/text", "source/finding", "source/near", "source/yamlhint"},
			{"source/date", "source/weburl", "source/robots", "source/selection", "source/blocks", "source/hostile", "source/value", "source/xmlscan"},
			{"source/frontmatter", "source/permalink", "source/safehtml"},
			{"source/marks/syntax"},
			{"source/marks"},
			{"source/markup", "source/preset", "source/webpage"},
			{"source/reader"},
		},
		{{"cmd/internal/ledger/sqlform", "cmd/internal/ledger/dumpform", "cmd/internal/ledger/names", "cmd/internal/ledger/statefile", "cmd/internal/ledger/trouble", "config/schedule", "config/address", "config/excerpt", "config/pattern", "config/refer", "source/filefacts", "source/remote", "source/spool", "config/number", "source/git", "source/freeport", "cmd/internal/words", "source/sql/servertest", "source/bucket/sharedkey", "feeds/lint/space", "feeds/lint/code", "sitemap/lint"}, {"cmd/internal/progress", "config/yamlfile", "cmd/internal/ledger/database", "cmd/internal/ledger/records", "cmd/internal/ledger/terms", "feeds/lint/fragment", "source/bucket/storetest"}, {"cmd/internal/progress/terminaltest", "feeds/lint/jsonlint", "cmd/internal/ledger/pairs", "cmd/internal/ledger/copies", "cmd/internal/ledger/notice"}, {
			"source/files", "source/feed", "source/sitemap", "source/json", "source/sql", "source/jsonl", "source/bucket", "source/sourcetest",
			"feeds", "feeds/lint", "sitemap", "config",
			"cmd/internal/ledger", "cmd/internal/publish", "cmd/internal/notify", "cmd/internal/httpclient", "cmd/internal/reload", "cmd/internal/alike", "cmd/internal/newfile", "cmd/internal/mask", "cmd/internal/heap", "cmd/internal/settle", "cmd/internal/document", "cmd/internal/service", "cmd/internal/outline", "cmd/internal/outsidertest", "cmd/internal/manual", "cmd/internal/logging",
		}},
		{{"cmd/internal/placement", "cmd/internal/hold", "cmd/internal/outbox", "cmd/internal/live", "cmd/internal/publish/publishtest"}, {"cmd/internal/origin", "cmd/internal/shown", "cmd/internal/links", "cmd/internal/feedlist", "cmd/internal/guard", "cmd/internal/lint", "cmd/internal/help"}},
		{{"cmd/internal/intake/recovered", "cmd/internal/intake/merging", "cmd/internal/intake/memory", "cmd/internal/intake/readahead", "cmd/internal/intake/retired", "cmd/internal/edition/document"}, {"cmd/internal/edition/feedset"}, {"cmd/internal/intake", "cmd/internal/recovery", "cmd/internal/adopt", "cmd/internal/edition", "cmd/internal/serve", "cmd/internal/notify/hub"}},
		{{"cmd/internal/scaffold/program", "cmd/internal/scaffold/looseyaml"}, {"cmd/internal/scaffold/generator"}, {"cmd/internal/engine", "cmd/internal/status", "cmd/internal/scaffold", "cmd/internal/admin"}, {"cmd/internal/inspect", "cmd/internal/claims"}, {"cmd/internal/screen"}},
		{{"cmd/herald"}},
	}
}

// place is where a room stands: its floor, and its step in the chain of the lowest one.
type place struct{ floor, step int }

func (p place) below(q place) bool {
	return p.floor < q.floor || p.floor == q.floor && p.step < q.step
}

// placeOfRoom returns where a room stands; false: it is no room of the plan.
func placeOfRoom(room string) (place, bool) {
	for i, steps := range floors() {
		for j, rooms := range steps {
			if slices.Contains(rooms, room) {
				return place{i, j}, true
			}
		}
	}
	return place{}, false
}

func TestFloors(t *testing.T) {
	for _, p := range listPackages(t) {
		own, planned := placeOfRoom(p.room())
		if !planned {
			t.Errorf("%s is no room of the plan: a new room needs its floor here and in the plan", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			room, ours := strings.CutPrefix(imported, "herald/")
			if !ours {
				continue
			}
			if room == "config" && p.room() != "cmd/herald" {
				t.Errorf("%s imports config: rooms declare the settings that they need, and only cmd/herald maps the config to them", p.ImportPath)
			}
			if other, _ := placeOfRoom(room); !other.below(own) {
				t.Errorf("%s (floor %d) imports %s (floor %d): imports point to a lower floor, so that each room can be read and tested without those above or beside it", p.ImportPath, own.floor, imported, other.floor)
			}
		}
	}
}

// The writers and what articles share are libraries for anybody: no disk, clock or network.
func TestPureRooms(t *testing.T) {
	forbidden := []string{"os", "os/exec", "net", "net/http", "syscall", "path/filepath", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "database/sql"}
	for _, p := range listPackages(t) {
		own, _ := placeOfRoom(p.room())
		if own.floor > 0 && !slices.Contains([]string{"feeds", "feeds/lint", "feeds/lint/code", "feeds/lint/space", "feeds/lint/fragment", "feeds/lint/jsonlint", "sitemap", "sitemap/lint"}, p.room()) {
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
		"code.dny.dev/ssrf":                  {"cmd/internal/httpclient"},
		"github.com/BurntSushi/toml":         {"source/frontmatter", "cmd/internal/scaffold/generator"},     // front matter; settings of other generators (init)
		"github.com/andybalholm/brotli":      {"cmd/internal/serve", "cmd/internal/document", "cmd/herald"}, // writing; reading what others send; a test
		"github.com/bmatcuk/doublestar":      {"source/selection", "config/pattern"},                        // matching; refusing a wrong pattern
		"github.com/coreos/go-systemd":       {"cmd/internal/service"},
		"github.com/fsnotify/fsnotify":       {"cmd/internal/engine"},
		"github.com/gofrs/flock":             {"cmd/internal/ledger/statefile"},
		"github.com/go-sql-driver/mysql":     {"source/sql", "source/sql/servertest"},                        // rows; starting a server for tests
		"github.com/jackc/pgx":               {"cmd/internal/ledger", "source/sql", "source/sql/servertest"}, // the ledger's tests only, as yet; rows; starting a server for tests
		"github.com/gorilla/feeds":           {"feeds"},
		"github.com/klauspost/compress":      {"cmd/internal/serve"},
		"github.com/minio/minio-go":          {"source/bucket", "source/bucket/storetest"}, // signatures and credentials, the requests are our own; writing objects for tests
		"github.com/microcosm-cc/bluemonday": {"source/markup", "source/safehtml"},         // their tests only
		"github.com/mmcdole/gofeed":          {"cmd/internal/outsidertest"},                // for tests: what a reader takes from our feeds
		"github.com/pressly/goose":           {"cmd/internal/ledger/database", "cmd/internal/ledger"},
		"github.com/rivo/uniseg":             {"source/safehtml"},
		"github.com/robfig/cron":             {"config/schedule"},
		"github.com/rogpeppe/go-internal":    {"cmd/herald"},
		"github.com/spf13/cobra":             {"cmd/herald", "cmd/internal/manual", "cmd/internal/help"}, // commands; what is written of their texts; their help in another language
		"github.com/spf13/pflag":             {"cmd/internal/help"},
		"github.com/yuin/goldmark":           {"source/markup", "source/blocks", "source/marks/syntax"},                                                                                                                           // rendering; blocks of its grammar; where code stands
		"golang.org/x/net":                   {"source/safehtml", "source/webpage", "source/weburl", "feeds/lint/fragment", "cmd/internal/serve"},                                                                                 // HTML; host names in punycode; a bound on connections
		"golang.org/x/sync":                  {"cmd/internal/intake", "cmd/internal/outbox", "source/files", "source/bucket"},                                                                                                     // bounded work in each
		"golang.org/x/sys":                   {"source/files", "source/filefacts", "cmd/internal/publish", "cmd/internal/ledger/statefile", "cmd/internal/engine", "cmd/internal/progress", "cmd/internal/progress/terminaltest"}, // folder handles in each; mounts in a test; terminals; terminals in tests
		"golang.org/x/text":                  {"source/text", "source/finding"},
		"gopkg.in/yaml.v3":                   {"source/frontmatter", "config", "config/yamlfile", "cmd/internal/scaffold", "cmd/internal/scaffold/looseyaml", "cmd/internal/outline"}, // front matter; herald.yaml; settings of other generators (init); config print; config print
		"modernc.org/sqlite":                 {"cmd/internal/ledger/database", "source/sql"},                                                                                          // the ledger; rows
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
