package files_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/source/files"
)

// articles writes n files of some five kilobytes into folders by month.
func articles(b *testing.B, n int) (root string, keys []string) {
	root = b.TempDir()
	text := []byte("---\ntitle: 시의회, 마을버스 노선을 다시 짠다\n---\n" + strings.Repeat("<p>시의회는 어제 마을버스 노선 개편안을 의결했다.</p>\n", 70))
	for i := range n {
		key := fmt.Sprintf("2024/%02d/bus-%06d.html", i%12+1, i)
		path := filepath.Join(root, key)
		if i < 12 {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			b.Fatal(err)
		}
		keys = append(keys, key)
	}
	return root, keys
}

// BenchmarkLoad loads files one after the other; floor only reads them.
func BenchmarkLoad(b *testing.B) {
	root, keys := articles(b, 500)
	s, err := files.New(files.Config{Root: root})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := os.ReadFile(filepath.Join(root, keys[i%len(keys)])); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := s.Load(context.Background(), keys[i%len(keys)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkList lists a folder of ten thousand files; floor walks it and asks for every file's facts.
func BenchmarkList(b *testing.B) {
	root, _ := articles(b, 10_000)
	s, err := files.New(files.Config{Root: root})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			if err := filepath.WalkDir(root, func(_ string, d os.DirEntry, err error) error {
				if err == nil {
					_, err = d.Info()
				}
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, err := range s.List(context.Background()) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != 10_000 {
				b.Fatal(n)
			}
		}
	})
}
