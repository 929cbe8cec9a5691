package screen

import (
	"bytes"
	"strings"
	"testing"

	"herald/cmd/internal/words"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
)

func shown(t *testing.T, print func(s Screen)) string {
	t.Helper()
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	print(New(&out, seoul, words.Language{}))
	return out.String()
}

// The parts of a count add up to it, and none is named that is not there.
func TestStanding(t *testing.T) {
	at := time.Date(2039, 2, 28, 15, 0, 0, 0, time.UTC)
	for want, n := range map[string]placement.Standing{
		"0 articles":           {},
		"1 article (1 public)": {Articles: 1, Public: 1},
		"12 articles (10 public, 1 draft, 1 from 2039-03-01)":                                        {Articles: 12, Public: 10, Drafts: 1, Future: 1, Appears: at},
		"9 articles (2 drafts, 3 to come, the first on 2039-03-01 09:30, 1 expired, 3 not live yet)": {Articles: 9, Drafts: 2, Future: 3, Appears: at.Add(9*time.Hour + 30*time.Minute), Expired: 1, Waiting: 3},
	} {
		got := shown(t, func(s Screen) { s.Printf("%s", s.standing(n)) })
		if got != want+"\n" {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Who is told of what, when and by which command; nothing is claimed of what is not to be told.
func TestTells(t *testing.T) {
	due := time.Date(2026, 11, 28, 20, 0, 30, 0, time.UTC)
	const target = "https://api.example/indexnow"
	queue := []outbox.Queued{{Target: target, Channel: "url", Count: 7, Due: due}}
	notices := []outbox.Notice{{Target: target, URL: "https://x.example/%EC%9A%94%EB%A6%AC/", Removed: true}}
	for range 6 {
		notices = append(notices, outbox.Notice{Target: target, URL: "https://x.example/a/"})
	}
	told := []string{"IndexNow " + target}
	for _, c := range []struct {
		name   string
		report engine.BuildReport
		want   []string
		not    []string
	}{
		{"nobody", engine.BuildReport{}, []string{"tells      nobody is told: the config has no notify\n"}, []string{"queued"}},
		{"a quiet scan", engine.BuildReport{Told: told, First: true}, []string{": nothing now (a source's first scan is quiet)\n"}, []string{"queued"}},
		{"an idle one", engine.BuildReport{Told: told}, []string{": nothing now (nothing changed that it is to hear of)\n"}, []string{"queued"}},
		{"of seven URLs", engine.BuildReport{Told: told, Queue: queue, Published: &edition.PublishReport{Notices: notices}, Sending: engine.Sending{Verify: true}}, []string{
			"tells      IndexNow https://api.example/indexnow: 7 notices to come, due from 2026-11-29 05:00:30 +09:00 on, once the public site shows it (notify.verify)\n",
			"           https://x.example/요리/ (removed)\n", "           and 2 more\n",
			"queued     7 notices: herald build --notify sends them now, herald run when they are due\n",
		}, nil},
		{"by a daemon", engine.BuildReport{Told: told, Queue: queue, Daemon: &engine.Daemon{PID: 4711, Served: "http://127.0.0.1:8080"}, Served: ":8080"}, []string{
			"herald run (process 4711) sends them", "served     http://127.0.0.1:8080, by herald run (process 4711)\n",
		}, []string{"notify.verify"}},
		{"of a dry run", engine.BuildReport{Told: told, Queue: queue, Sending: engine.Sending{DryRun: true}}, []string{"7 notices to come, and none is sent (notify.dry_run)"}, nil},
		{"served by nobody now", engine.BuildReport{Served: ":8080"}, []string{"served     not now: herald run answers readers at :8080\n"}, nil},
		{"what could not be read", engine.BuildReport{Failed: []engine.SourceFailure{{Source: "posts", Error: "timeout"}}, Standing: map[string]placement.Standing{"posts": {Articles: 2, Public: 2}}},
			[]string{"posts      NOT READ, its last good articles stay (2 articles (2 public)): timeout\n"}, nil},
		{"a rename", engine.BuildReport{Sources: []*intake.ScanReport{{Source: "posts", Changes: []intake.Change{
			{Kind: "renamed", URL: "https://x.example/b/", Was: "https://x.example/%EC%9A%94%EB%A6%AC/", Title: "요리"}, {Kind: "changed", URL: "https://x.example/c/"},
		}}}}, []string{"moved      /요리/ → /b/ 요리\n", "           the old address ends: permalink: /요리/ in the article keeps it"}, []string{"/c/"}},
	} {
		got := shown(t, func(s Screen) { s.Build(&c.report) })
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got\n%swant\n%s", c.name, got, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("%s: got\n%swithout %s", c.name, got, not)
			}
		}
	}
}
