package engine

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
)

func TestStatusOfAPass(t *testing.T) {
	held := func(source string) (*intake.ScanReport, error) {
		return &intake.ScanReport{Source: source, Hold: &hold.Hold{ID: 1}}, nil
	}
	refused := func(source string) (*intake.ScanReport, error) {
		return &intake.ScanReport{Source: source, RefusedCount: 1}, nil
	}
	unread := func(string) (*intake.ScanReport, error) { return nil, errors.New("no such folder") }
	for name, test := range map[string]struct {
		rooms   *rooms
		options BuildOptions
		want    int
	}{
		"all is well":      {&rooms{}, BuildOptions{}, StatusDone},
		"a hold":           {&rooms{scan: held}, BuildOptions{}, StatusHeld},
		"a refused file":   {&rooms{scan: refused}, BuildOptions{}, StatusDone},
		"strict":           {&rooms{scan: refused}, BuildOptions{Strict: true}, StatusNotDone},
		"an unread source": {&rooms{scan: unread}, BuildOptions{}, StatusNotDone},
		"a failed document": {&rooms{publish: func() (*edition.PublishReport, error) {
			return &edition.PublishReport{Failed: []string{"feed.xml"}}, nil
		}}, BuildOptions{}, StatusNotDone},
		"no publication": {&rooms{publish: func() (*edition.PublishReport, error) { return nil, errors.New("full") }}, BuildOptions{}, StatusNotDone},
		"a held document": {&rooms{publish: func() (*edition.PublishReport, error) {
			return &edition.PublishReport{Holds: []hold.Hold{{ID: 1}}, Failed: []string{"feed.xml"}}, nil
		}}, BuildOptions{}, StatusHeld},
	} {
		b := newBench(t, test.rooms, nil)
		if got := b.engine.Build(t.Context(), test.options); got.Status != test.want {
			t.Errorf("%s: got status %d, want %d", name, got.Status, test.want)
		}
	}
}

func TestForceAndNotify(t *testing.T) {
	b := newBench(t, &rooms{}, nil)
	b.engine.Build(t.Context(), BuildOptions{Force: true, Notify: true})
	b.want(t, "with both", "scan a by force, scan b by force, publish by force, deliver")
	b.rooms.publish = func() (*edition.PublishReport, error) { return nil, edition.ErrNothing }
	b.engine.Build(t.Context(), BuildOptions{Notify: true})
	b.want(t, "nothing to publish", "scan a, scan b, publish")
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("told to end"))
	r := b.engine.Build(ended, BuildOptions{Notify: true})
	b.want(t, "after the end", "")
	if r.Status != StatusNotDone || !slices.Equal(r.Errors, []string{"told to end"}) {
		t.Errorf("got status %d, errors %q, want %d and the cause", r.Status, r.Errors, StatusNotDone)
	}
}

// Both scans of a contested source stand in the report as one.
func TestContestedScansAreOneReport(t *testing.T) {
	scans := 0
	r := &rooms{scan: func(source string) (*intake.ScanReport, error) {
		if source == "b" {
			return &intake.ScanReport{Source: source, Removed: 1}, nil
		}
		scans++
		return &intake.ScanReport{
			Source: source, Contested: scans == 1, First: scans == 1, Added: int64(scans), DatedBy: map[string]int{"file_name": scans},
			Warnings: []string{"w"}, WarningCount: 1, ChangeCount: 1, Changes: []intake.Change{{Kind: "added", Key: string(rune('0' + scans))}},
		}, nil
	}}
	b := newBench(t, r, nil)
	report := b.engine.Build(t.Context(), BuildOptions{})
	b.want(t, "b gave something up", "scan a, scan b, scan a, publish")
	got := report.Sources[0]
	if len(report.Sources) != 2 || got.Added != 3 || !got.First || got.DatedBy["file_name"] != 3 || got.WarningCount != 1 || got.ChangeCount != 2 || len(got.Changes) != 2 {
		t.Errorf("got %d reports, the first %+v, want two, the first with both scans' counts", len(report.Sources), got)
	}
}

// build --notify tries again for half a minute what was not taken.
func TestDeliveryIsTriedAgain(t *testing.T) {
	tries := 0
	r := &rooms{}
	b := newBench(t, r, nil)
	r.deliver = func(o outbox.DeliverOptions) (*outbox.DeliverReport, error) {
		tries++
		if !o.Now || o.Within <= 0 || o.Within > retryFor {
			t.Errorf("got %+v, want notices of now within the time that is left", o)
		}
		notice := outbox.Notice{Target: "hub", URL: "u"}
		if tries < 3 {
			return &outbox.DeliverReport{Waiting: []outbox.Notice{notice}, Left: 1, Next: b.now}, nil
		}
		return &outbox.DeliverReport{Delivered: []outbox.Notice{notice}}, nil
	}
	got := b.engine.Build(t.Context(), BuildOptions{Notify: true})
	if d := got.Delivered; got.Status != StatusDone || tries != 3 || len(d.Delivered) != 1 || len(d.Waiting) != 0 || d.Left != 0 {
		t.Errorf("got status %d after %d tries, %+v, want 0 after 3 and one delivered", got.Status, tries, d)
	}
	r.deliver = func(outbox.DeliverOptions) (*outbox.DeliverReport, error) {
		return &outbox.DeliverReport{Left: 1, Next: b.now.Add(retryFor + time.Second)}, nil
	}
	if got := b.engine.Build(t.Context(), BuildOptions{Notify: true}); got.Status != StatusNotDone {
		t.Errorf("got status %d, want %d where a notice is left", got.Status, StatusNotDone)
	}
}

func TestApprove(t *testing.T) {
	l, _ := openLedger(t)
	held := putHold(t, l)
	b := newBench(t, &rooms{}, func(c *Config) { c.Ledger = l })
	if got := b.engine.Approve(t.Context(), held); got.Status != StatusDone || got.Hold.ID != held || got.Build == nil {
		t.Errorf("got %+v, want hold %d and a pass", got, held)
	}
	b.want(t, "approved", "scan a, scan b, publish")
	if got := b.engine.Approve(t.Context(), held+1); got.Status != StatusNotDone || got.Hold != nil || !strings.Contains(got.Error, "no such hold") {
		t.Errorf("got %+v, want the error and no pass", got)
	}
	b.want(t, "not approved", "")
}

// What other programs read keeps its fields and their order.
func TestReportFields(t *testing.T) {
	b := newBench(t, &rooms{}, func(c *Config) { c.Sources, c.Told, c.Served = nil, nil, "" })
	got, err := json.Marshal(b.engine.Build(t.Context(), BuildOptions{Notify: true}))
	want := `{"status":0,"published":{"documents":0,"public":0},"delivered":{"left":0},"outputs":"/srv/public","told":[]}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}
