package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// teller makes up texts and shapes, the same for the same numbers.
type teller struct{ *rand.Rand }

func newTeller(seed, number int) teller {
	return teller{rand.New(rand.NewPCG(uint64(seed), uint64(number)))}
}

// in reports true so many times in a hundred.
func (t teller) in(percent int) bool { return t.IntN(100) < percent }

func (t teller) pick(all ...string) string { return all[t.IntN(len(all))] }

func (t teller) place() string {
	return t.pick("바람마을", "솔빛동", "은하읍", "달맞이항", "푸른내", "해오름시", "서리재", "별무리섬", "북녘들", "물안개로")
}

func (t teller) thing() string {
	return t.pick("도서관", "노면전차", "시장", "등대", "체육관", "자전거 길", "온실", "연날리기 대회", "물레방아", "천문대", "김장 나눔", "버스 정류장", "하수관", "야간 진료소", "돌다리")
}

func (t teller) deed() string {
	return t.pick("문을 열었다", "공사를 마쳤다", "이용객이 늘었다", "예산이 깎였다", "다시 움직인다", "이름을 바꾼다", "점검에 들어갔다", "상을 받았다", "비에 잠겼다", "주민 투표에 부친다")
}

func (t teller) sentence() string {
	if t.in(20) {
		return fmt.Sprintf("The %s of %s %s, officials said on day %d.", t.pick("harbour", "tram line", "old mill", "night market", "kite fair"), t.pick("Haeoreum", "Windvale", "Greenbrook", "Frostpass"), t.pick("reopened", "won a prize", "lost a third of its budget", "will be renamed"), t.IntN(900))
	}
	return fmt.Sprintf("%s %s %s %s.", t.place(), t.thing(), t.pick("올해", "지난주", "사흘 만에", "12년 만에", "내년 봄", "밤사이"), t.deed())
}

func (t teller) sentences(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = t.sentence()
	}
	return strings.Join(all, " ")
}

// title is sometimes one that YAML, HTML or a feed reader trips over.
func (t teller) title() string {
	plain := strings.TrimSuffix(t.sentence(), ".")
	switch t.IntN(24) {
	case 0:
		return "[속보] " + plain
	case 1:
		return `"` + t.thing() + `" ` + t.place() + "에서 " + t.deed()
	case 2:
		return "5·18: " + plain
	case 3:
		return plain + " #" + fmt.Sprint(t.IntN(99))
	case 4:
		return "<단독> " + plain
	case 5:
		return plain + " R&D <b>굵게</b> &amp; 1 < 2 > 0"
	case 6:
		return "  " + plain + "\u3000 끝 "
	case 7:
		return "'It's " + plain
	case 8:
		return "🌉 " + plain + " 👨‍👩‍👧"
	case 9:
		return "\u1112\u1161\u11ab\u1100\u1173\u11af " + plain // NFD
	case 10:
		return "**" + plain + "** `코드` ~~지움~~"
	case 11:
		return plain + "…" + strings.Repeat(" 아주 길다", t.IntN(60))
	}
	return plain
}

func (t teller) term() string {
	return t.pick("사회", "문화", "정치", "경제", "IT-과학", "Sports", "날씨 & 바다", "C++", "c", "봄 나들이", "R&D", "<b>", "외교/안보", "뉴스", "!!!", "정치 ", "Go 1.26")
}

func (t teller) terms() []string {
	all := make([]string, 1+t.IntN(4))
	for i := range all {
		all[i] = t.term()
	}
	return all
}

func (t teller) person() string {
	return t.pick("편집국", "사회부", "김바람 기자", "Night Desk", "이솔 <sol@news.example.org>", "desk@news.example.org", "박별, 최달")
}

// link is a place as articles name it: absolute, relative, odd or dangerous.
func (t teller) link() string {
	return t.pick("/사진 1.jpg", "../b", "c.png", "https://cdn.example.org/a.jpg?x=1&y=2", "//cdn.example.org/나.webp", "#조각", "?p=1", "mailto:desk@news.example.org",
		"javascript:alert(1)", "data:text/html,x", "/a/../b/./c", "https://뉴스.example/길", "http://[::1/%zz", "/%ec%a0%95치", "https://news.example.org/100%/", "tel:+82-2-123", " /앞뒤 ", "https:\\\\example.org\\a")
}

func (t teller) picture() string {
	return t.pick("/img/a.jpg", "b.png", "https://cdn.example.org/c.webp", "//cdn.example.org/d.gif", "/사진/봄 꽃.jpg", "data:image/png;base64,AA==", "../e.svg?v=2", "/f.jpg#x")
}

// moment writes a time of 2018 to 2029 in one of the forms that people use.
func (t teller) moment() string {
	y, m, d, h, min := 2018+t.IntN(12), 1+t.IntN(12), 1+t.IntN(28), t.IntN(24), t.IntN(60)
	switch t.IntN(14) {
	case 0:
		return fmt.Sprintf("%d-%02d-%02d", y, m, d)
	case 1:
		return fmt.Sprintf("%d-%02d-%02d %02d:%02d", y, m, d, h, min)
	case 2:
		return fmt.Sprintf("%d-%02d-%02d %02d:%02d:07 +0900", y, m, d, h, min)
	case 3:
		return fmt.Sprintf("%d. %d. %d. 오후 %d:%02d", y, m, d, 1+h%12, min)
	case 4:
		return fmt.Sprintf("%d년 %d월 %d일", y, m, d)
	case 5:
		return fmt.Sprintf("%02d Jan %d %02d:%02d:00 GMT", d, y, h, min)
	case 6:
		return fmt.Sprintf("%d/%d/%d", y, m, d)
	case 7:
		return fmt.Sprintf("%d-%02d-%02dT%02d:%02d:59.123-08:00", y, m, d, h, min)
	}
	return fmt.Sprintf("%d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, h, min, t.IntN(60))
}
