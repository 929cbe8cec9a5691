package jsonl_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"herald/source/jsonl"
)

// manyRows writes n rows of some 1.5 kB.
func manyRows(b *testing.B, format jsonl.Format, n int) string {
	path := filepath.Join(b.TempDir(), "articles."+string(format))
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	body := strings.Repeat("<p>시의회는 어제 마을버스 노선 개편안을 의결했다.</p>", 20)
	if format == jsonl.Table {
		fmt.Fprintln(w, "id,title,content")
	}
	for i := range n {
		line := "{\"id\":\"bus-%07d\",\"title\":\"마을버스 노선을 다시 짠다\",\"content\":\"%s\"}\n"
		if format == jsonl.Table {
			line = "bus-%07d,마을버스 노선을 다시 짠다,%s\n"
		}
		fmt.Fprintf(w, line, (i*7919)%n, body)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	f.Close()
	return path
}

// listAll lists a file of n rows.
func listAll(b *testing.B, s *jsonl.Source, n int) {
	rows := 0
	for _, err := range s.List(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		rows++
	}
	if rows != n {
		b.Fatalf("got %d rows, want %d", rows, n)
	}
}

// BenchmarkList lists files of 100,000 rows for the first time; floor reads their lines. again lists a file that did not change.
func BenchmarkList(b *testing.B) {
	const n = 100_000
	for _, format := range []jsonl.Format{jsonl.Lines, jsonl.Table} {
		path := manyRows(b, format, n)
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format)+"/floor", func(b *testing.B) {
			b.SetBytes(info.Size())
			for b.Loop() {
				f, err := os.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				lines := bufio.NewScanner(f)
				for lines.Scan() {
				}
				f.Close()
			}
		})
		fresh := func() *jsonl.Source {
			s, err := jsonl.New(jsonl.Config{Path: path, Format: format, Now: func() time.Time { return time.Now().Add(time.Hour) }})
			if err != nil {
				b.Fatal(err)
			}
			return s
		}
		b.Run(string(format)+"/first", func(b *testing.B) {
			b.SetBytes(info.Size())
			var before, after runtime.MemStats
			var s *jsonl.Source
			for b.Loop() {
				s = fresh()
				runtime.GC()
				runtime.ReadMemStats(&before)
				listAll(b, s, n)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B/row")
			runtime.KeepAlive(s)
		})
		b.Run(string(format)+"/again", func(b *testing.B) {
			s := fresh()
			listAll(b, s, n)
			for b.Loop() {
				listAll(b, s, n)
			}
		})
	}
}
