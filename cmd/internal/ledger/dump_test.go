package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/source"
)

var dumpedAt = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func dump(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	var out bytes.Buffer
	_, err := l.Dump(t.Context(), &out, dumpedAt)
	must(t, err)
	return out.String()
}

// fill puts something into each table, with bytes that are no text wherever there may be any.
func fill(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	broken := row(odd, 1_700_000_000_000)
	broken.Path = "/나/" // a URL's path is text
	put(t, l, broken, row("가/나.md", 1_700_000_001_000), row("\"<&>\u2028\\ud800.md", 1_700_000_002_000), row("빈\tkey\n", -1))
	gone := row("지난.md", 1_700_000_003_000)
	gone.RemovedAt, gone.ToldURL, gone.ToldTopic = 1_700_000_009_000, ledger.Told{URL: "https://news.example.org/" + odd, Digest: digestOf("가나다라")}, ledger.Told{}
	put(t, l, gone)
	all := digestOf("\x00\x01\x02\x03\xfc\xfd\xfe\xff0123456")
	write(t, l, func(tx *ledger.Tx) error {
		_, err := tx.AddEdition(5, []string{"feed.xml", "정치/feed.xml"}, nil)
		return errors.Join(err,
			tx.SetMeta("site_url", "https://news.example.org"), tx.SetMeta("empty", ""),
			tx.PutSource(ledger.Source{Name: "posts", FirstScan: 1, LastScan: 1 << 60, LastError: "read posts:\n\t권한이 없다 \"<&>\"", Listed: 4, Articles: 3}),
			tx.PutSeen("posts", ledger.Seen{Key: "", Fingerprint: "{}"}),
			tx.Refuse("posts", odd, "가/나.md:3:7: 날짜가 아니다", 7),
			tx.PutSighting("posts", odd, 8), tx.Touch(2),
			tx.PutWait(&ledger.Wait{Article: 3, Next: 7, Asks: 2, Asked: 6, URL: "https://news.example.org/" + odd, Answer: "404를 답했다"}),
			tx.PutHold(&ledger.Hold{Kind: "removed", Subject: "posts", Signature: all, Summary: "다섯이 사라진다", Detail: []string{"가", "나"}, Since: 9, Approved: true}),
			tx.PutBody(2, all, source.Body{Markup: source.Markdown, Text: strings.Repeat("눈이 온다. ", 100)}),
			tx.PutShard(ledger.Shard{Name: "2026-11", Sum: all, URLs: 3, Bytes: 400, Newest: 10}),
			tx.PutReceipt(ledger.Receipt{Path: "정치/feed.xml", Kind: "rss", MediaType: "application/rss+xml", Inputs: all, Body: [32]byte{31: 0xff}, Size: 12, Changed: 11, Edition: 1, Stamp: all}),
			tx.KeepTerms(ledger.ByTag), tx.PutSlug(ledger.ByTag, odd, "odd"), tx.PutKept(ledger.Kept{Feed: "main", Article: 3, Since: 16}),
			tx.PutFeed(ledger.Feed{Name: "정치", GUID: odd, LeftAt: 13}), tx.PutArchive(ledger.Archive{Feed: "정치", Made: "2 of 정치", Stale: 18}),
			tx.PutArchivePage(ledger.ArchivePage{Feed: "정치", Number: 2, Oldest: -19, Items: 20, Updated: 21, Linked: 1, Sum: all}),
			tx.Put(recoveredRow("https://news.example.org/"+odd, odd, 12000)),
			tx.PutPast(&ledger.Past{Source: "posts", At: 16, Article: 2, Shown: true, Meant: true, Expires: 17, ContentDigest: all, DigestVersion: 1, URL: "https://news.example.org/" + odd}),
			tx.AddPast("posts", 16, ledger.PastSum{Removed: 1, Changed: 2, Added: 3, Entered: 4}), tx.AddReaders("posts", 2),
			tx.Notices().PutPause(&notice.Pause{Target: "https://hub.example.com/?a=1&b=2", Channel: "topic", Since: 14, Until: 15, Failures: 2}),
			tx.Notices().Put(&notice.Notice{Target: "https://hub.example.com/?a=1&b=2", URL: "https://news.example.org/" + odd, Channel: "url", State: notice.Waiting, Detail: "503", Attempts: 2}))
	})
}

// lines returns the lines of a dump, each as the object that it is.
func lines(t *testing.T, dump string) (out []map[string]any) {
	t.Helper()
	for line := range strings.Lines(dump) {
		var object map[string]any
		must(t, json.Unmarshal([]byte(line), &object))
		out = append(out, object)
	}
	return out
}

func TestADumpComesBackOnEitherDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, from *ledger.Ledger) {
		fill(t, from)
		dumped := dump(t, from)
		onBoth(t, func(t *testing.T, to *ledger.Ledger) {
			said, err := to.Load(t.Context(), strings.NewReader(dumped))
			must(t, err)
			if again := dump(t, to); again != dumped {
				t.Errorf("other bytes come back:\n%s\nwere\n%s", again, dumped)
			}
			if said.Site != "https://news.example.org" || !said.At.Equal(dumpedAt) || said.Tables["article"] != 6 || said.Rows != int64(len(lines(t, dumped))-2) {
				t.Errorf("%+v", said)
			}
			for table := range said.Tables {
				was, err := from.Raw(t.Context(), table)
				must(t, err)
				is, err := to.Raw(t.Context(), table)
				must(t, err)
				if !slices.Equal(was, is) {
					t.Errorf("%s:\n%q\nwere\n%q", table, is, was)
				}
			}
			next := ledger.Hold{Kind: "removed", Subject: "posts"}
			write(t, to, func(tx *ledger.Tx) error { return tx.PutHold(&next) })
			if next.ID != 2 {
				t.Errorf("hold %d follows 1", next.ID)
			}
		})
	})
}

// SQLite takes any bytes for text, and they may come from the name of a file.
func TestBrokenTextComesBack(t *testing.T) {
	from, to := openFile(t), openFile(t)
	write(t, from, func(tx *ledger.Tx) error {
		return errors.Join(tx.Refuse("posts", "가", "\xff.md:1:1: 이름이 깨졌다", 1), tx.SetMeta("\x00", "\uFFFD\x00\ud7ff"))
	})
	_, err := to.Load(t.Context(), strings.NewReader(dump(t, from)))
	must(t, err)
	refused := get(t, to, func(tx *ledger.Tx) ([]ledger.Refusal, error) { return tx.Refusals("posts", 2) })
	if len(refused) != 1 || refused[0].Reason != "\xff.md:1:1: 이름이 깨졌다" {
		t.Errorf("%+v", refused)
	}
	if got := get(t, to, func(tx *ledger.Tx) (string, error) { return tx.Meta("\x00") }); got != "\uFFFD\x00\ud7ff" {
		t.Errorf("%q", got)
	}
}

// A migration that adds a table says here whether it travels; columns travel by themselves, and
// this test sees each of them.
func TestADumpForgetsNoTable(t *testing.T) {
	staying := []string{"stage", "request", "term", "name", "goose_db_version"}
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		fill(t, l)
		all := lines(t, dump(t, l))
		rows := map[string]map[string]any{}
		for _, line := range all {
			if table, is := line["table"].(string); is {
				rows[table] = line
			}
		}
		counted := all[len(all)-1]["tables"].(map[string]any)
		tables, err := l.Tables(t.Context())
		must(t, err)
		for _, table := range tables {
			switch _, is := counted[table]; {
			case slices.Contains(staying, table):
				if is {
					t.Errorf("%s travels, and is listed as staying", table)
				}
			case !is:
				t.Errorf("%s is no part of a dump: it belongs into dumpTables, or into the list of what stays", table)
			case rows[table] == nil:
				t.Errorf("fill puts nothing into %s", table)
			default:
				sameColumns(t, l, table, rows[table])
			}
		}
		if len(counted)+len(staying) != len(tables) {
			t.Errorf("the ledger has %d tables, a dump %d", len(tables), len(counted))
		}
	})
}

func sameColumns(t *testing.T, l *ledger.Ledger, table string, line map[string]any) {
	t.Helper()
	raw, err := l.Raw(t.Context(), table)
	must(t, err)
	delete(line, "table")
	for name := range maps.Keys(line) {
		if !strings.Contains(raw[0], name+" ") {
			t.Errorf("%s.%s is in the dump only", table, name)
		}
	}
	if got := strings.Count(raw[0], "string \"") + strings.Count(raw[0], "[]uint8 \"") + strings.Count(raw[0], "int64 \""); got != len(line) {
		t.Errorf("%s has %d columns, its line %d", table, got, len(line))
	}
}

// meddler writes to the ledger while the dump is under way.
type meddler struct {
	bytes.Buffer
	meddle func()
}

func (m *meddler) Write(p []byte) (int, error) {
	if m.meddle != nil {
		m.meddle()
		m.meddle = nil
	}
	return m.Buffer.Write(p)
}

func TestADumpShowsOneMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		fill(t, l)
		write(t, l, func(tx *ledger.Tx) error {
			for i := range 2000 { // more than is written at once, before the tables that change
				if err := tx.SetMeta(fmt.Sprint(i), strings.Repeat("가", 30)); err != nil {
					return err
				}
			}
			return nil
		})
		before := dump(t, l)
		during := meddler{meddle: func() {
			put(t, l, row("새.md", 1_800_000_000_000))
			write(t, l, func(tx *ledger.Tx) error { return errors.Join(tx.Untouch(2), tx.Touch(9)) })
		}}
		_, err := l.Dump(t.Context(), &during, dumpedAt)
		must(t, err)
		if during.String() != before {
			t.Error("the moment went on")
		}
		if dump(t, l) == before {
			t.Error("nothing was written beside the dump")
		}
	})
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestADumpThatCannotBeWritten(t *testing.T) {
	l := openFile(t)
	fill(t, l)
	if _, err := l.Dump(t.Context(), fullDisk{}, dumpedAt); !errors.Is(err, os.ErrClosed) {
		t.Errorf("%v", err)
	}
}
