package files_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"herald/source"
	"herald/source/files"
	"herald/source/reader"
	"herald/source/sourcetest"
)

func TestFilesAreASource(t *testing.T) {
	sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
		root := filepath.Join(t.TempDir(), "articles")
		if err := os.Mkdir(root, 0o755); err != nil {
			t.Fatal(err)
		}
		later := func() time.Time { return time.Now().Add(time.Hour) } // so that files just written have fingerprints
		put := func(t *testing.T, key, text string) string {
			t.Helper()
			write(t, root, map[string]string{key: text})
			return key
		}
		return &sourcetest.Origin{
			Source: open(t, files.Config{Root: root, Now: later}),
			Put: func(t *testing.T, name, title, body string) string {
				return put(t, name+".md", "---\ntitle: "+title+"\n---\n"+body+"\n")
			},
			Refused: func(t *testing.T, name string) string {
				return put(t, name+".md", "---\ntitle: 제목\ndate: 언젠가\n---\n본문\n")
			},
			Remove: func(t *testing.T, key string) {
				if err := os.Remove(filepath.Join(root, filepath.FromSlash(key))); err != nil {
					t.Fatal(err)
				}
			},
			Break: func(t *testing.T) {
				if err := os.Rename(root, root+"-unmounted"); err != nil {
					t.Fatal(err)
				}
			},
			NoArticle: func(t *testing.T) string { return put(t, "README.md", "읽어 보기") },
			Otherwise: func(t *testing.T) source.Source {
				return open(t, files.Config{Root: root, Now: later, Reading: reader.Reading{Pattern: "/:slug/"}})
			},
		}
	})
}
