package words

import (
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// silent says what of the source reaches no screen.
type silent struct{ texts map[string]bool } // true: it was met

// readSilent reads the texts that look as if they were for people and are not: names, headers, SQL.
func readSilent(t *testing.T) silent {
	t.Helper()
	s := silent{map[string]bool{}}
	for _, text := range quoted(t, "testdata/silent.txt") {
		s.texts[text] = false
	}
	return s
}

// quoted reads a file of quoted texts, one a line.
func quoted(t *testing.T, path string) (all []string) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		text, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %s: %v", path, line, err)
		}
		all = append(all, text)
	}
	return all
}

// room reports whether a room prints nothing for operators.
func (silent) room(room string) bool {
	return slices.Contains([]string{
		"cmd/internal/outsidertest", "cmd/internal/publish/publishtest", "source/sourcetest", "source/sql/servertest", "source/bucket/storetest", "cmd/internal/progress/terminaltest", "source/hostile",
		"cmd/internal/manual", // pages in the words of the commands, and scripts for shells
	}, room)
}

// file reports whether a file holds tables of others' names, and documents, but nothing for operators.
func (silent) file(room, name string) bool {
	return slices.Contains([]string{
		"config/keys.go",           // docs of keys: the README and the JSON Schema, both in English
		"feeds/page.go",            // a page for readers, in the site's language
		"feeds/lint/everywhere.go", // names of elements
		"feeds/lint/fragment/names.go",
		"feeds/lint/media.go", "feeds/lint/itunes.go",
		"source/value/podcast.go",
	}, path.Join(room, name))
}

// errorsOnly reports whether a room has texts for operators in its errors only; the others are SQL, and names of elements.
func (silent) errorsOnly(room string) bool {
	if slices.Contains([]string{"cmd/internal/ledger/statefile", "cmd/internal/ledger/trouble", "cmd/internal/ledger/dumpform"}, room) {
		return false
	}
	return strings.HasPrefix(room, "cmd/internal/ledger") || slices.Contains([]string{"source/safehtml", "feeds/lint/space", "source/value"}, room)
}

// call reports whether the texts that a call is handed reach no screen.
func (silent) call(name string) bool {
	receiver, method, _ := strings.Cut(name, ".")
	if i := strings.LastIndex(name, "."); i >= 0 {
		receiver, method = name[:i], name[i+1:]
	}
	switch method {
	case "Info", "Warn", "Error", "Debug", "InfoContext", "WarnContext", "ErrorContext":
		return strings.HasSuffix(strings.ToLower(receiver), "log")
	case "MustCompile", "Contains", "HasPrefix", "HasSuffix", "CutPrefix", "CutSuffix", "TrimPrefix", "TrimSuffix", "Index", "LastIndex",
		"NewReplacer", "ReplaceAll", "Fields", "Cut", "ContainsAny", "IndexAny":
		return true
	}
	return name == "panic"
}
