package date_test

import (
	"testing"
	"time"

	"herald/source/date"
)

func seoul(t testing.TB) *time.Location {
	t.Helper()
	return time.FixedZone("Asia/Seoul", 9*3600)
}

func TestParse(t *testing.T) {
	tests := []struct {
		text, want string
		zoneless   bool
	}{
		{"2024-01-02", "2024-01-01T15:00:00Z", true},
		{" 2024-01-02", "2024-01-01T15:00:00Z", true},
		{"2024-1-2", "2024-01-01T15:00:00Z", true},
		{"20240102", "2024-01-01T15:00:00Z", true},
		{"2024-01-02 15:04", "2024-01-02T06:04:00Z", true},
		{"2024-01-02 15:04:05", "2024-01-02T06:04:05Z", true},
		{"2024-01-02T15:04:05.9999Z", "2024-01-02T15:04:05Z", false},
		{"2024-01-02T15:04:05.999", "2024-01-02T06:04:05Z", true},
		{"2024-01-02 15:04:05 +0900", "2024-01-02T06:04:05Z", false},
		{"2024-01-02 15:04:05 -0800", "2024-01-02T23:04:05Z", false},
		{"2024-01-02 15:04:05+09:00", "2024-01-02T06:04:05Z", false},
		{"2024-01-02T15:04:05+09", "2024-01-02T06:04:05Z", false},
		{"2024-01-02 15:04:05 KST", "2024-01-02T06:04:05Z", false},
		{"2024-01-02 15:04 Asia/Seoul", "2024-01-02T06:04:00Z", false},
		{"2024-01-02T15:04:05+09:00[Asia/Seoul]", "2024-01-02T06:04:05Z", false},
		{"2024-01-02T15:04:05Z", "2024-01-02T15:04:05Z", false},
		{"2024-01-02t15:04:05.123456789z", "2024-01-02T15:04:05Z", false},
		{"2024-01-02 15:04:05 UTC", "2024-01-02T15:04:05Z", false},
		{"2024/1/2", "2024-01-01T15:00:00Z", true},
		{"2024/01/02 09:30", "2024-01-02T00:30:00Z", true},
		{"2024.01.02", "2024-01-01T15:00:00Z", true},
		{"2024.01.02. 09:30", "2024-01-02T00:30:00Z", true},
		{"2024. 1. 2.", "2024-01-01T15:00:00Z", true},
		{"2024. 1. 2. 오후 3:04", "2024-01-02T06:04:00Z", true},
		{"2024. 1. 2.(화) 15:04", "2024-01-02T06:04:00Z", true},
		{"2024년 1월 2일", "2024-01-01T15:00:00Z", true},
		{"2024년 01월 02일 화요일 오후 3:04", "2024-01-02T06:04:00Z", true},
		{"2024년 1월 2일 오후 3시 4분", "2024-01-02T06:04:00Z", true},
		{"2024년 1월 2일 오전 12시 5분 6초", "2024-01-01T15:05:06Z", true},
		{"2024년 1월 2일 오후 0시 30분", "2024-01-02T03:30:00Z", true},
		{"2024년 1월 2일 오전 9시", "2024-01-02T00:00:00Z", true},
		{"2024-01-02 3:04 PM", "2024-01-02T06:04:00Z", true},
		{"Tue, 02 Jan 2024 15:04:05 +0900", "2024-01-02T06:04:05Z", false},
		{"Tue, 2 Jan 2024 15:04:05 GMT", "2024-01-02T15:04:05Z", false},
		{"Tue, 02 Jan 2024 15:04:05 +0900 (KST)", "2024-01-02T06:04:05Z", false},
		{"Tue Jan 02 2024 15:04:05 GMT+0900 (한국 표준시)", "2024-01-02T06:04:05Z", false},
		{"January 2, 2024", "2024-01-01T15:00:00Z", true},
		{"Jan 2, 2024 3:04 pm", "2024-01-02T06:04:00Z", true},
		{"2 Sept 2024", "2024-09-01T15:00:00Z", true},
		{"  2024-02-29  ", "2024-02-28T15:00:00Z", true},
		{"9000-12-31", "9000-12-30T15:00:00Z", true},
	}
	for _, tt := range tests {
		got, zoneless, err := date.Parse(tt.text, seoul(t))
		if err != nil || got.Format(time.RFC3339Nano) != tt.want || zoneless != tt.zoneless {
			t.Errorf("Parse(%q) = %v, %t, %v; want %s, %t", tt.text, got, zoneless, err, tt.want, tt.zoneless)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "soon", "어제", "2024", "2024-01", "2024-13-01", "2024-02-30", "2023-02-29", "0001-01-01", "1970-01-01", "1989-12-31",
		"9001-01-01", "2024-01-02 25:00", "2024-01-02 24:00", "2024-01-02 12:60", "2024-01-02 오전 13:00", "01/02/2024", "1704153600",
		"2024-01-02 15:04 XYZ", "2024-01-02 15:04 +2500", "2024-01-02 15:04:05 +1500", "2024-01-02 15:04:05 +0960", "2024-01-02 15:04:60", "2024-01-02 Mars/Base", "2024-01/02", "Foo 2, 2024", "2024-01-02 -", "0000-00-00 00:00:00",
	} {
		if got, _, err := date.Parse(text, nil); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-01-02 15:04:05 +0900", "2024년 1월 2일 오후 3:04", "Tue, 02 Jan 2024 15:04:05 KST", "2024. 1. 2.", "20240102"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, zoneless, err := date.Parse(text, seoul(t))
		if err == nil && (got.Year() < 1989 || got.Year() > 9001) {
			t.Fatalf("Parse(%q) = %v", text, got)
		}
		if again, also, errAgain := date.Parse("\t"+text, seoul(t)); again != got || also != zoneless || (err == nil) != (errAgain == nil) {
			t.Fatalf("Parse(%q) = %v, %t, %v; behind white space %v, %t, %v", text, got, zoneless, err, again, also, errAgain)
		}
	})
}
