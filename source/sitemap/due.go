package sitemap

import (
	"strings"
	"time"

	"herald/source/date"
)

const (
	hour  = time.Hour
	day   = 24 * time.Hour
	month = 30 * day
)

// open marks a lastmod that is a day which is not over: another change of that day will not show in it.
const open = "?"

// modified reads a lastmod.
func modified(mod string, zone *time.Location) (t time.Time, zoneless, ok bool) {
	if mod = strings.TrimSuffix(strings.ReplaceAll(mod, "_", " "), open); mod == "" {
		return time.Time{}, false, false
	}
	t, zoneless, err := date.Parse(mod, zone)
	return t, zoneless, err == nil
}

// stated returns a lastmod as it stands in fingerprints.
func stated(mod string, now time.Time) string {
	if mod = strings.TrimSuffix(mod, open); len(mod) != len(time.DateOnly) {
		return mod
	}
	if at, err := time.Parse(time.DateOnly, mod); err == nil && now.Before(at.Add(day+12*hour)) { // wherever on earth
		return mod + open
	}
	return mod
}

// period returns how often a page is asked for again, by the fingerprint that it was applied with, though its lastmod stays: lastmods that
// are right say when a page changes, but not that it is gone.
func period(print string) time.Duration {
	mod, tag, _ := strings.Cut(print, " ")
	switch {
	case strings.HasSuffix(mod, open):
		return hour
	case mod == "" || strings.HasPrefix(tag, "-"):
		return day
	}
	return month
}

// due returns when, after a moment and until now, a page was to be asked for again, in Unix seconds; 0: it was not. Each page has a moment of its
// own in every period, so that they are spread evenly.
func due(url string, every time.Duration, after, now time.Time) int64 {
	if after.IsZero() || after.After(now) {
		return 0
	}
	after = later(after, now.Add(-every))
	seconds := int64(every / time.Second)
	since := (after.Unix() - int64(hash(pathOf(url)))%seconds) % seconds
	at := after.Unix() + seconds - since
	if at > now.Unix() {
		return 0
	}
	return at
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// hash spreads URLs (FNV-1a).
func hash(url string) uint32 {
	h := uint32(2166136261)
	for i := range len(url) {
		h = (h ^ uint32(url[i])) * 16777619
	}
	return h
}
