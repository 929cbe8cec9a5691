package engine_test

import (
	"testing"
	"time"
)

// An article with a date of publication later than its date appears at that moment under its own date, leaves when the
// moment is moved on, and comes back with its id.
func TestI10APublishDateIsWaitedFor(t *testing.T) {
	n := filled(t, 3)
	from := func(at time.Time) {
		n.write("later.md", "---\ntitle: 나중에 나올 글\ndate: 2024-01-05T10:00:00+09:00\npublishdate: "+at.Format(time.RFC3339)+"\n---\n\n봄에 쓴 글이다.\n")
	}
	shown := func(when string, want bool) {
		t.Helper()
		n.pass()
		if found := n.titled("나중에 나올 글"); (found.ID != "") != want {
			t.Fatalf("%s: got %+v, want it shown: %t", when, found, want)
		}
	}
	from(n.now.Add(time.Hour))
	shown("before the moment", false)
	n.now = n.now.Add(59 * time.Minute)
	from(n.now.Add(10 * time.Minute))
	shown("after the moment was moved on", false)
	n.now = n.now.Add(11 * time.Minute)
	shown("after the moment", true)
	before := n.titled("나중에 나올 글")
	if got := before.Published.Format(time.RFC3339); got != "2024-01-05T01:00:00Z" {
		t.Errorf("published: got %s", got)
	}
	from(n.now.Add(time.Hour))
	shown("after it was put off", false)
	n.now = n.now.Add(2 * time.Hour)
	shown("at the second moment", true)
	if after := n.titled("나중에 나올 글"); after.ID != before.ID || !after.Published.Equal(before.Published) {
		t.Errorf("got %+v, want %+v", after, before)
	}
	n.sameAsClean()
}
