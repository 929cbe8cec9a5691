package jsonl_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/jsonl"
	"herald/source/reader"
	"herald/source/sourcetest"
)

// file is a file of rows that tests write whole.
type file struct {
	path   string
	format jsonl.Format
	rows   []map[string]string
}

var columns = []string{"id", "title", "content", "date", "redirect_to"}

func (f *file) put(t *testing.T, row map[string]string) string {
	t.Helper()
	f.rows = slices.DeleteFunc(f.rows, func(r map[string]string) bool { return r["id"] == row["id"] })
	f.rows = append(f.rows, row)
	f.write(t)
	return row["id"]
}

func (f *file) write(t *testing.T) {
	t.Helper()
	var text strings.Builder
	table := csv.NewWriter(&text)
	if f.format == jsonl.Table {
		_ = table.Write(columns)
	}
	for _, row := range f.rows {
		if f.format == jsonl.Lines {
			line, err := json.Marshal(row)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(append(line, '\n'))
			continue
		}
		var cells []string
		for _, name := range columns {
			cells = append(cells, row[name])
		}
		_ = table.Write(cells)
	}
	table.Flush()
	if err := os.WriteFile(f.path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRowsAreASource(t *testing.T) {
	for _, format := range []jsonl.Format{jsonl.Lines, jsonl.Table} {
		t.Run(string(format), func(t *testing.T) {
			sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
				f := &file{path: filepath.Join(t.TempDir(), "articles."+string(format)), format: format}
				f.write(t)
				return &sourcetest.Origin{
					Source: open(t, jsonl.Config{Path: f.path, Format: format}),
					Put: func(t *testing.T, name, title, body string) string {
						return f.put(t, map[string]string{"id": name, "title": title, "content": body})
					},
					Refused: func(t *testing.T, name string) string {
						return f.put(t, map[string]string{"id": name, "title": "제목", "date": "언젠가"})
					},
					Remove: func(t *testing.T, key string) {
						f.rows = slices.DeleteFunc(f.rows, func(r map[string]string) bool { return r["id"] == key })
						f.write(t)
					},
					Break: func(t *testing.T) {
						if err := os.Rename(f.path, f.path+"-away"); err != nil {
							t.Fatal(err)
						}
					},
					NoArticle: func(t *testing.T) string {
						return f.put(t, map[string]string{"id": "moved", "title": "제목", "redirect_to": "/a/"})
					},
					Otherwise: func(t *testing.T) source.Source {
						return open(t, jsonl.Config{Path: f.path, Format: format, Reading: reader.Reading{Pattern: "/:slug/"}})
					},
				}
			})
		})
	}
}

// open opens a source for which no file has changed lately.
func open(t testing.TB, c jsonl.Config) *jsonl.Source {
	t.Helper()
	c.Now = func() time.Time { return time.Now().Add(time.Hour) }
	s, err := jsonl.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
