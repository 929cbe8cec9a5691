package sql_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	rows "herald/source/sql"
)

// many makes a table of n articles of some 1.5 kB, of which each was changed at its own second.
func many(b *testing.B, d *database, n int) {
	d.do(b, "create table articles (id integer primary key, title varchar(100), content text, updated_at timestamp null)")
	body := strings.Repeat("<p>시의회는 어제 마을버스 노선 개편안을 의결했다.</p>", 20)
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("(%d, '마을버스 노선을 다시 짠다 %d', '%s', '%s')", i+1, i, body, start.Add(time.Duration(i)*time.Second).Format(time.DateTime)))
		if len(all) == 1000 || i == n-1 {
			d.do(b, "insert into articles values "+strings.Join(all, ","))
			all = all[:0]
		}
	}
	d.do(b, "create index changes on articles (updated_at)")
	if strings.HasPrefix(d.dsn, "postgres") {
		d.do(b, "vacuum analyze articles")
	}
}

// peak returns the most memory that the process held since the last call, in MB.
func peak(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	kB, _ := strconv.ParseFloat(regexp.MustCompile(`VmHWM:\s+(\d+)`).FindStringSubmatch(string(status))[1], 64)
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	return kB / 1000
}

// cpu returns the time of processors that this process has had.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// bare reads all rows as a client does that does nothing with them.
func bare(b *testing.B, d *database) {
	got, err := d.db.Query("select * from articles order by id")
	if err != nil {
		b.Fatal(err)
	}
	defer got.Close()
	var id, title, content, changed sql.RawBytes
	for got.Next() {
		if err := got.Scan(&id, &title, &content, &changed); err != nil {
			b.Fatal(err)
		}
	}
	if err := got.Err(); err != nil {
		b.Fatal(err)
	}
}

// listAll lists a source, and loads what it lists by two goroutines, which do no more with a row than take it, where load is set.
func listAll(b *testing.B, s *rows.Source, load bool) (n int) {
	work := make(chan string, 4096)
	var loads sync.WaitGroup
	for range 2 {
		loads.Go(func() {
			for key := range work {
				if _, err := s.Load(b.Context(), key); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for e, err := range s.List(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		if n++; load {
			work <- e.Key
		}
	}
	close(work)
	loads.Wait()
	return n
}

// BenchmarkRows reads HERALD_ROWS rows (100,000): bare by a client that does nothing with them; list and load as a first scan does; by cursor where
// nothing changed; digests of all rows, without a cursor.
func BenchmarkRows(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("HERALD_ROWS"), "100000"))
	if err != nil {
		b.Fatal(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(200)) // as the program does
	for _, kind := range []string{"postgres", "mariadb", "sqlite"} {
		b.Run(kind, func(b *testing.B) {
			d := kinds()[kind](b)
			many(b, d, n)
			run := func(name string, work func(b *testing.B)) {
				b.Run(name, func(b *testing.B) {
					peak(b)
					before := cpu(b)
					for b.Loop() {
						work(b)
					}
					b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(b.N)/float64(n), "cpu-µs/row")
					b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/row")
					b.ReportMetric(peak(b), "MB")
				})
			}
			run("bare", func(b *testing.B) { bare(b, d) })
			with := rows.Config{Table: "articles", Cursor: "updated_at"}
			run("list", func(b *testing.B) { listAll(b, d.open(b, with), false) })
			run("load", func(b *testing.B) { listAll(b, d.open(b, with), true) })
			s := d.open(b, with)
			listAll(b, s, false)
			s.Recall(s.Memory(), false)
			run("cursor", func(b *testing.B) { listAll(b, s, false) })
			run("full", func(b *testing.B) { s.Recall(s.Memory(), true); listAll(b, s, false) })
			run("batches", func(b *testing.B) { s.Recall(s.Memory(), true); listAll(b, s, true) })
			run("digests", func(b *testing.B) { listAll(b, d.open(b, rows.Config{Table: "articles"}), false) })
		})
	}
}
