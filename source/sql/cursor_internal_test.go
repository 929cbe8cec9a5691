package sql

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]string{
		"2026-11-20 11:00:00.25+00":  "2026-11-20 10:55:00.25+00",
		"2026-11-20 11:00:00":        "2026-11-20 10:55:00",
		"2026-11-20T11:00:00.250Z":   "2026-11-20T10:55:00.25Z",
		"2026-11-20 20:58:00":        "2026-11-20 20:53:00", // in Seoul
		"2026-11-20 22:00:00":        "2026-11-20 20:55:00", // nobody's time yet
		"2037-01-01 00:00:00+00":     "2026-11-20 11:55:00+00",
		"2026-11-20":                 "2026-11-19",
		"1795172400":                 "1795172100",
		"1795172400000":              "1795172100000",
		"4102444800":                 "1795175700", // the year 2100
		"1795172400.5":               "1795172100.500000",
		"5000":                       "4000",
		"-5":                         "-1005",
		"0000000000000FA3":           "0000000000000FA3",
		"":                           "",
		"12.5":                       "12.5",
		"018f0000-0000-7000-8000-00": "018f0000-0000-7000-8000-00",
	} {
		if got := since(value, now, time.FixedZone("Seoul", 9*3600)); got != want {
			t.Errorf("since(%q): got %q, want %q", value, got, want)
		}
	}
}

func TestGreater(t *testing.T) {
	for _, c := range [][2]string{
		{"9", "10"}, {"-10", "-9"}, {"2026-11-20 11:00:00+00", "2026-11-20 11:00:00.5+00"}, {"", "1"}, {"9.5", "10.25"}, {"9", "10.25"}, {"2026-11-09", "2026-11-10"}, {"1e3", "1001"},
	} {
		if got := greater(c[0], c[1]); got != c[1] || greater(c[1], c[0]) != c[1] {
			t.Errorf("greater(%q, %q): got %q", c[0], c[1], got)
		}
	}
}

func TestFresh(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]bool{
		"2026-11-20 11:59:59+00": true, "2026-11-20 11:59:50+00": false, "2026-11-20 20:59:59": true, "2026-11-20 11:59:59": true, "2026-11-20 21:05:00": false,
		"2026-11-20": true, "2026-11-19": false, "2026-11-20 11:59": true, "2026-11-20 11:58": false, "1795175999": true, "1795175900": false, "7": false, "": false,
		"2026-11-19 23:59:59-12:00": true, "2026-11-18 11:59:59": false, "20261-11-01 00:00:00": false, "2026-11-1": false, "0001-01-01": false,
	} {
		if got := isFresh(value, now, time.FixedZone("Seoul", 9*3600)); got != want {
			t.Errorf("isFresh(%q): got %t, want %t", value, got, want)
		}
	}
}

func TestArrays(t *testing.T) {
	for text, want := range map[string][]any{
		"{}": {}, `{a,"b, c",NULL,"d\"e\\","null"}`: {"a", "b, c", `d"e\`, "null"}, "{1,2}": {"1", "2"}, `{""}`: {""},
	} {
		got, ok := arrayOf(text)
		if !ok || len(got) != len(want) {
			t.Errorf("arrayOf(%s): got %q, want %q", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("arrayOf(%s): got %q, want %q", text, got, want)
			}
		}
	}
	for _, text := range []string{"", "{", "a", "{{1},{2}}", `{a"b}`} {
		if got, ok := arrayOf(text); ok {
			t.Errorf("arrayOf(%s): got %q, want none", text, got)
		}
	}
}
