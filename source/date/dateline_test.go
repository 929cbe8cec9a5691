package date_test

import (
	"strings"
	"testing"
	"time"

	"herald/source/date"
)

func TestDateline(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	for line, want := range map[string]string{
		"2024년 1월 5일 14:30 입력":                                  "2024-01-05T05:30:00Z",
		"입력 2024.01.05 14:30":                                   "2024-01-05T05:30:00Z",
		"입력: 2024. 1. 5. 오후 2:30":                               "2024-01-05T05:30:00Z",
		"기사입력 2024-01-05 14:30 | 최종수정 2024-01-06 09:00":         "2024-01-05T05:30:00Z",
		"입력 2024.01.05 14:30 수정 2024.01.06 09:00":               "2024-01-05T05:30:00Z",
		"수정 2024.01.06 09:00 입력 2024.01.05 14:30":               "2024-01-05T05:30:00Z",
		"등록일시 2024-01-05 14:30:15":                              "2024-01-05T05:30:15Z",
		"(서울=새벽통신) 2024-01-05":                                  "2024-01-04T15:00:00Z",
		"(서울=새벽통신) 김새벽 기자 = 2024년 1월 5일":                        "2024-01-04T15:00:00Z",
		"[부산=새벽] 2024/01/05":                                    "2024-01-04T15:00:00Z",
		"새벽일보 김새벽 기자 | 2024.01.05 14:30":                        "2024-01-05T05:30:00Z",
		"2024년 1월 5일":                                           "2024-01-04T15:00:00Z",
		"2024년 1월 5일 금요일":                                       "2024-01-04T15:00:00Z",
		"2024-01-05 14:30 KST":                                  "2024-01-05T05:30:00Z",
		"제3호 | 2024년 1월 5일 발행":                                  "2024-01-04T15:00:00Z",
		"Published January 5, 2024":                             "2024-01-04T15:00:00Z",
		"Published on Friday, January 5, 2024":                  "2024-01-04T15:00:00Z",
		"Posted: 5 Jan 2024 14:30":                              "2024-01-05T05:30:00Z",
		"By Kim Saebyeok | Jan 5, 2024":                         "2024-01-04T15:00:00Z",
		"By Kim Saebyeok | Jan. 5, 2024 at 2:30 p.m.":           "2024-01-05T05:30:00Z",
		"Published January 5th, 2024 | Updated January 6, 2024": "2024-01-04T15:00:00Z",
		"Jan 5, 2024":                  "2024-01-04T15:00:00Z",
		"**입력** 2024-01-05":            "2024-01-04T15:00:00Z",
		"*2024-01-05*":                 "2024-01-04T15:00:00Z",
		"公開日: 2024年1月5日":               "2024-01-04T15:00:00Z",
		"2024年1月5日 14:30 配信":           "2024-01-05T05:30:00Z",
		"发布时间：2024-01-05 14:30":        "2024-01-05T05:30:00Z",
		"입력 2024.01.05 14:30 | 조회 120": "2024-01-05T05:30:00Z",

		"정부는 2024년 1월 5일 새 정책을 발표했다.":                     "",
		"다리는 2024년 1월 5일에 열린다":                            "",
		"정부가 2024년 1월 5일 발행한 국채":                          "",
		"수정 2024.01.06 09:00":                             "",
		"최종수정: 2024.01.06":                                "",
		"Updated January 6, 2024":                         "",
		"Last updated on 2024-01-06":                      "",
		"2024-01-05 ~ 2024-01-07":                         "",
		"축제: 2024년 1월 5일":                                 "",
		"Deadline | Jan 5, 2024":                          "",
		"It was published January 5, 2024":                "",
		"The book, published January 5, 2024, sold well.": "",
		"On January 5, 2024 the bridge opened.":           "",
		"Version 2024.01.05":                              "",
		"12024-01-05":                                     "",
		"2024-01-05123":                                   "",
		"2024-13-45":                                      "",
		"입력 2024-13-45":                                   "",
		"2024년":                                           "",
		"1월 5일 입력":                                        "",
		"":                                                "",
		"입력 2024.01.05 14:30 " + strings.Repeat("그리고 ", 30): "",
		"입력 2024.01.05에 한 것을 그대로 두면 시험이 끝난다.":               "",
	} {
		at, _, found := date.Dateline(line, seoul)
		got := ""
		if found {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}

func TestADatelineWithAnOffsetIsNotZoneless(t *testing.T) {
	for line, want := range map[string]bool{"입력 2024-01-05 14:30": true, "2024-01-05T14:30:00+09:00": false} {
		if _, zoneless, found := date.Dateline(line, nil); !found || zoneless != want {
			t.Errorf("%q: found %t, zoneless %t, want %t", line, found, zoneless, want)
		}
	}
}

// Whatever a line holds, a date of it is one that a document may show.
func FuzzDateline(f *testing.F) {
	f.Add("입력 2024.01.05 14:30 수정 2024.01.06 09:00")
	f.Add("By Kim | Jan. 5th, 2024 at 2:30 p.m.")
	f.Add("2024年1月5日(金) 配信")
	f.Fuzz(func(t *testing.T, line string) {
		if at, _, found := date.Dateline(line, nil); found && (at.Year() < 1989 || at.Year() > 9000) {
			t.Errorf("%q: %v", line, at)
		}
	})
}
