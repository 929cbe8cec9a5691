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
		{"2024\u22121\u22122", "2024-01-01T15:00:00Z", true},   // minus signs
		{"2024\u201501\u201502", "2024-01-01T15:00:00Z", true}, // bars
		{"2024\u201001\u201102", "2024-01-01T15:00:00Z", true}, // hyphens
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
		{"1950-06-25 04:00", "1950-06-24T19:00:00Z", true},
		{"0987-01-02", "0987-01-01T15:00:00Z", true},
		{"1970-01-01", "1969-12-31T15:00:00Z", true},
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", false},
		{"2024-01-02T15:04", "2024-01-02T06:04:00Z", true},
		{"2024-01-02 15:04:05Z", "2024-01-02T15:04:05Z", false},
		{"2024-01-02 15:04 -03:30", "2024-01-02T18:34:00Z", false},
		{"20240102T150405Z", "2024-01-02T15:04:05Z", false},
		{"20240102 1504", "2024-01-02T06:04:00Z", true},
		{"２０２４－０１－０２　１５：０４", "2024-01-02T06:04:00Z", true},
		{"2024年1月2日", "2024-01-01T15:00:00Z", true},
		{"2024年1月2日（火）午後3時4分", "2024-01-02T06:04:00Z", true},
		{"2024年01月02日 星期二 下午3点04分", "2024-01-02T06:04:00Z", true},
		{"2024年1月2日 15:04:05", "2024-01-02T06:04:05Z", true},
		{"2024/01/02 上午 9:30", "2024-01-02T00:30:00Z", true},
		{"2024–01–02", "2024-01-01T15:00:00Z", true},
		{"1704153600", "2024-01-02T00:00:00Z", false},
		{"1704153600123", "2024-01-02T00:00:00Z", false},
		{"1704153600.25", "2024-01-02T00:00:00Z", false},
		{"2024-W01-2", "2024-01-01T15:00:00Z", true},
		{"2024-002", "2024-01-01T15:00:00Z", true},
		{"2024-366T10:00Z", "2024-12-31T10:00:00Z", false},
		{"January 2nd, 2024", "2024-01-01T15:00:00Z", true},
		{"2nd of January 2024", "2024-01-01T15:00:00Z", true},
		{"January 2, 2024 at 3:04 PM", "2024-01-02T06:04:00Z", true},
		{"13/01/2024", "2024-01-12T15:00:00Z", true},
		{"01/13/2024 10:00", "2024-01-13T01:00:00Z", true},
		{"5.5.2024", "2024-05-04T15:00:00Z", true},
		{"January 2nd, 2024 3pm", "2024-01-02T06:00:00Z", true},
		{"2024-01-02 12 AM", "2024-01-01T15:00:00Z", true},
		{"2024/1/2 4:5:6", "2024-01-01T19:05:06Z", true},
		{"2024-01-02 15:04:05 +0900 KST", "2024-01-02T06:04:05Z", false},
		{"2024-01-02 15:04 NZDT", "2024-01-02T02:04:00Z", false},
		{"2024-01-02 15:04 IST", "2024-01-02T09:34:00Z", false},
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
		"", "soon", "어제", "2024", "2024-01", "2024-13-01", "2024-02-30", "2023-02-29", "0001-01-01", "0000-12-31", "1970-01-01", "1970-01-01T00:00:00Z", "1970-01-01 09:00 +0900",
		"9001-01-01", "2024-01-02 25:00", "2024-01-02 24:00", "2024-01-02 12:60", "2024-01-02 오전 13:00", "01/02/2024", "3-4-2024", "03.04.2024", "13/13/2024", "1/2/24", "12345678901", "2024-W54-1", "2023-366", "2024-000",
		"2024-01-02 15:04 XYZ", "2024-01-02 15:04 +2500", "2024-01-02 15:04:05 +1500", "2024-01-02 15:04:05 +0960", "2024-01-02 15:04:61", "2024-01-02 15:04:05 2024 +0900", "2024-01-02:00:00Z", "Sat Jan 13 11:21:31 CET 2024", "2024-01-02 Mars/Base", "2024-01/02", "Foo 2, 2024", "2024-01-02 -", "0000-00-00 00:00:00",
	} {
		if got, _, err := date.Parse(text, nil); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", text, got)
		}
	}
}

// Read takes what generators take, and says what it read otherwise than written.
func TestRead(t *testing.T) {
	for _, tt := range []struct {
		text, want, doubt string
		zoneless          bool
	}{
		{"2024-01-02 15:04", "2024-01-02T06:04:00Z", "", true},
		{"2024-01-02 15:04:99", "2024-01-02T06:05:39Z", "the second 99 is counted into the next minute", true},
		{"2024-01-02T15:04:61Z", "2024-01-02T15:05:01Z", "the second 61 is counted into the next minute", false},
		{"2024-01-02 09:10:11 2024 -0500", "2024-01-02T14:10:11Z", `of "09:10:11 2024 -0500" only the time and the offset are read`, false},
		{"2024-01-02 09:10::30 +0900", "2024-01-02T00:10:00Z", `of "09:10::30 +0900" only the time and the offset are read`, false},
		{"2024-01-02 09:10: +09:00", "2024-01-02T00:10:00Z", `of "09:10: +09:00" only the time and the offset are read`, false},
		{"Tue Jan  2 09:10:11 EST 2024", "2024-01-02T14:10:11Z", "the year is taken from after the time", false},
		{"Tue Jan 2 09:10:11 2024", "2024-01-02T00:10:11Z", "the year is taken from after the time", true},
		{"Tue Jan 02 09:10:11 +0100 2024", "2024-01-02T08:10:11Z", "the year is taken from after the time", false},
		{"2024-01-02:00:00Z", "2024-01-01T15:00:00Z", `the time ":00:00Z" cannot be read; the day alone is taken`, true},
		{"2024-01-02 24:00", "2024-01-02T15:00:00Z", "24:00 is the midnight at which the next day begins", true},
		{"2024-01-02 24:00:00 +0000", "2024-01-03T00:00:00Z", "24:00 is the midnight at which the next day begins", false},
		{"2024-01-02 24:01", "2024-01-01T15:00:00Z", `the time "24:01" cannot be read; the day alone is taken`, true},
		{"2024-01-02 25:00", "2024-01-01T15:00:00Z", `the time "25:00" cannot be read; the day alone is taken`, true},
		{"2024-01-02 noon", "2024-01-01T15:00:00Z", `the time "noon" cannot be read; the day alone is taken`, true},
		{"2024-01-02 15:04 XYZ", "2024-01-01T15:00:00Z", `the time "15:04 XYZ" cannot be read; the day alone is taken`, true},
		{"2024-01-02T", "2024-01-01T15:00:00Z", "", true},
	} {
		got, zoneless, doubt, err := date.Read(tt.text, seoul(t))
		if err != nil || got.Format(time.RFC3339) != tt.want || zoneless != tt.zoneless || doubt != tt.doubt {
			t.Errorf("Read(%q) = %v, %t, %q, %v; want %s, %t, %q", tt.text, got, zoneless, doubt, err, tt.want, tt.zoneless, tt.doubt)
		}
	}
}

// A day that could be two is refused with both; what programs write for no date is told from a date.
func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"03/04/2024":                "it may be 2024-04-03 or 2024-03-04; write the one that is meant",
		"2024-02-30 10:00":          "no calendar has the day 2024-02-30",
		"0001-01-01T00:00:00Z":      date.ErrNone.Error(),
		"1970-01-01T09:00:00+09:00": date.ErrNone.Error(),
		"soon":                      date.ErrFormat.Error(),
	} {
		if got, _, _, err := date.Read(text, nil); err == nil || err.Error() != want {
			t.Errorf("Read(%q) = %v, %v; want %s", text, got, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-01-02 15:04:05 +0900", "2024년 1월 2일 오후 3:04", "Tue, 02 Jan 2024 15:04:05 KST", "2024. 1. 2.", "20240102", "Sat Jan 13 11:21:31 CET 2024", "2024-W01-2", "03/14/2024", "1704153600", "２０２４年１月２日 午後３時"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, zoneless, err := date.Parse(text, seoul(t))
		if err == nil && (got.Year() < 1 || got.Year() > 9001 || got.Unix() == 0 || got.Nanosecond() != 0) {
			t.Fatalf("Parse(%q) = %v", text, got)
		}
		if lenient, _, doubt, errRead := date.Read(text, seoul(t)); err == nil && (lenient != got || doubt != "" || errRead != nil) {
			t.Fatalf("Parse(%q) = %v; Read %v, %q, %v", text, got, lenient, doubt, errRead)
		}
		if again, also, errAgain := date.Parse("\t"+text, seoul(t)); again != got || also != zoneless || (err == nil) != (errAgain == nil) {
			t.Fatalf("Parse(%q) = %v, %t, %v; behind white space %v, %t, %v", text, got, zoneless, err, again, also, errAgain)
		}
	})
}
