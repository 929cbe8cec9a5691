package words

import (
	"errors"
	"fmt"
	"testing"
)

// The language that is asked for: the command line goes before the environment, LC_ALL before LC_MESSAGES before LANG.
func TestAsked(t *testing.T) {
	for _, c := range []struct {
		args, env []string
		korean    bool
		fault     string
	}{
		{nil, nil, false, ""},
		{nil, []string{"LANG=C"}, false, ""},
		{nil, []string{"LANG=ko"}, true, ""},
		{nil, []string{"LANG=ko_KR.UTF-8"}, true, ""},
		{nil, []string{"LANG=ko_KR.eucKR@x"}, true, ""},
		{nil, []string{"LANG=kok_IN"}, false, ""},
		{nil, []string{"LANG=ko_KR.UTF-8", "LC_MESSAGES=C"}, false, ""},
		{nil, []string{"LANG=C", "LC_MESSAGES=ko_KR"}, true, ""},
		{nil, []string{"LC_ALL=en_US.UTF-8", "LC_MESSAGES=ko_KR", "LANG=ko"}, false, ""},
		{nil, []string{"LC_ALL=", "LANG=ko"}, true, ""},
		{nil, []string{"LANG=ko", "LANG=C"}, false, ""},
		{[]string{"check", "--lang", "ko"}, []string{"LANG=C"}, true, ""},
		{[]string{"--lang=KO-kr", "check"}, nil, true, ""},
		{[]string{"check", "--lang=en"}, []string{"LC_ALL=ko_KR.UTF-8"}, false, ""},
		{[]string{"check", "--", "--lang", "ko"}, nil, false, ""},
		{[]string{"check", "--lang", "fr"}, nil, false, `--lang "fr": want en or ko`},
		{[]string{"check", "--lang="}, []string{"LANG=ko"}, true, `--lang "": want en or ko`},
		{[]string{"check", "--lang", "fr", "--lang", "ko"}, nil, true, ""},
	} {
		l, err := Asked(c.args, c.env)
		if (l.korean != nil) != c.korean || (err == nil) != (c.fault == "") || err != nil && err.Error() != c.fault {
			t.Errorf("%q %q: got Korean %v, fault %v; want %v, %q", c.args, c.env, l.korean != nil, err, c.korean, c.fault)
		}
	}
}

// What is handed over stays as it is; what stands for a text is said too; particles follow the word before them.
func TestSay(t *testing.T) {
	ko := Korean()
	for _, c := range []struct {
		format string
		args   []any
		want   string
	}{
		{"%d articles", []any{int64(12)}, "글 12개"},
		{"nothing changed", nil, "바뀐 것 없음"},
		{"1 from %s", []any{"2039-03-01"}, "2039-03-01부터 1"},
		{"%s for %s", []any{"nothing changed", "never"}, "nothing changed → never"},
		{"NOT READ: %s", []any{"open posts: permission denied"}, "읽지 못함: posts 열기: 권한 없음"},
		{"herald: %v (herald --help lists commands and flags)\n", []any{errors.New("unknown flag: --nix")}, "herald: 알 수 없는 플래그: --nix (herald --help로 명령과 플래그를 볼 수 있습니다)\n"},
		{"Dumped %s to %s: %s.", []any{"herald.db", "a.json", "글 1개"}, "herald.db를 a.json에 덤프했습니다: 글 1개."},
		{"a format that nobody knows: %d", []any{7}, "a format that nobody knows: 7"},
		{"and %d more", []any{"x"}, "그 밖에 %!d(string=x)개"},
	} {
		if got := ko.Say(c.format, c.args...); got != c.want {
			t.Errorf("%q %v: got %q, want %q", c.format, c.args, got, c.want)
		}
		if got, want := (Language{}).Say(c.format, c.args...), fmt.Sprintf(c.format, c.args...); got != want {
			t.Errorf("in English: got %q, want %q", got, want)
		}
	}
}

// Sentences of other rooms are recognised as a whole, and what they hold that is no text of ours stays as it is.
func TestText(t *testing.T) {
	ko := Korean()
	for text, want := range map[string]string{
		"": "",
		"posts/a.md:3:1: front matter has no end: a line \"---\" is missing":                                                                  `posts/a.md:3:1: 프런트 매터가 끝나지 않았습니다. "---" 줄이 없습니다`,
		"posts/nothing changed: b.md:3:1: it has neither title nor text":                                                                      "posts/nothing changed: b.md:3:1: 제목도 본문도 없습니다",
		"8 of 20 articles of source 소식 would be removed":                                                                                      "소스 소식의 글 20개 가운데 8개가 삭제됩니다",
		"8 of 20 articles of source posts would be removed, with 3 of the last ten minutes (herald approve 2 lets it through)":                "소스 posts의 글 20개 가운데 8개가 삭제됩니다(최근 10분의 3개 포함)(승인하려면 herald approve 2)",
		"hold 3: 8 of 20 articles of source posts would change":                                                                               "보류 3: 소스 posts의 글 20개 가운데 8개가 바뀝니다",
		"removed a.md: nothing changed https://x.example/a/":                                                                                  "삭제 a.md: nothing changed https://x.example/a/",
		"scan posts: open /srv/글: no such file or directory":                                                                                  "posts 스캔: /srv/글 열기: 그런 파일이나 폴더가 없음",
		"herald.yaml:3:9: site.url: is still the placeholder https://change-me.invalid; change it to the address where readers find the site": "herald.yaml:3:9: site.url: 아직 자리표시자 https://change-me.invalid입니다. 독자가 사이트를 여는 주소로 바꾸십시오",
		"URL /a/ is taken by posts/b.md; give one of the two another permalink":                                                               "URL /a/: posts/b.md가 이미 쓰고 있습니다. 둘 가운데 하나에 다른 permalink를 정하십시오",
		"open herald.yaml: no such file or directory; `herald init` writes one":                                                               "herald.yaml 열기: 그런 파일이나 폴더가 없음. `herald init`이 만듭니다",
		"12 articles; left out: 2 drafts, 3 files (it has no front matter, and the source wants it (front_matter: required))":                 "글 12개. 제외: 초안 2, 파일 3개(프런트 매터가 없는데, 소스에는 필요합니다(front_matter: required))",
		"no one wrote this sentence; nothing knows it (really)":                                                                               "no one wrote this sentence; nothing knows it (really)",
		"state herald.db is held by process 4711":                                                                                             "상태 파일 herald.db는 프로세스 4711이 쓰고 있습니다",
		"Add to exclude in _config.yml: herald.yaml, public":                                                                                  "_config.yml의 exclude에 추가하십시오: herald.yaml, public",
		`a.md:3:7: date: "2024-13-45": no calendar has the day 2024-13-45`:                                                                    `a.md:3:7: date: "2024-13-45": 2024-13-45: 달력에 없는 날입니다`,
		"nothing changed": "바뀐 것 없음",
		"a.yaml:1:1: sources[0].undated: must be one of auto, first_seen, feed, refuse, not \"nix\"": "a.yaml:1:1: sources[0].undated: auto, first_seen, feed, refuse 가운데 하나여야 합니다. \"nix\"는 안 됩니다",
		"removed": "removed",
		"the feed has no feed_url: leave it out: no reader knows it": "피드에 feed_url이 없습니다: 빼십시오. 아는 리더가 없습니다",
	} {
		if got := ko.Text(text); got != want {
			t.Errorf("%q: got\n%q, want\n%q", text, got, want)
		}
		if got := (Language{}).Text(text); got != text {
			t.Errorf("in English: got %q, want %q", got, text)
		}
	}
}

// A text that others wrote costs little, however it is made.
func TestAHostileTextIsSaidSoon(t *testing.T) {
	long := ""
	for range 300 {
		long += "a: b; c, d (e) %s is %s\n"
	}
	if got := Korean().Text(long); got != long {
		t.Errorf("got %.80q, want it as it is", got)
	}
}

// The particle fits the last sound of the word before it, as it is read aloud.
func TestParticles(t *testing.T) {
	for _, c := range [][2]string{
		{"글|을(를)", "글을"}, {"피드|을(를)", "피드를"}, {"피드|이(가)", "피드가"}, {"사이트맵|은(는)", "사이트맵은"}, {"소스|과(와)", "소스와"},
		{"글|(으)로", "글로"}, {"초안|(으)로", "초안으로"}, {"피드|(으)로", "피드로"}, {"서울|(으)로", "서울로"},
		{"10|을(를)", "10을"}, {"2|을(를)", "2를"}, {"3|이(가)", "3이"}, {"100|이(가)", "100이"}, {"7|(으)로", "7로"}, {"6|(으)로", "6으로"}, {"200|(으)로", "200으로"}, {"404|(으)로", "404로"}, {"1|(으)로", "1로"},
		{"herald|이(가)", "herald가"}, {"herald.yaml|을(를)", "herald.yaml을"}, {"feed.xml|(으)로", "feed.xml로"}, {"index.html|이(가)", "index.html이"}, {"a.json|을(를)", "a.json을"},
		{"posts/a.md|은(는)", "posts/a.md는"}, {"URL|을(를)", "URL을"}, {"RSS|을(를)", "RSS를"}, {"Atom|이(가)", "Atom이"}, {"Asia/Seoul|(으)로", "Asia/Seoul로"}, {"UTC|(으)로", "UTC로"}, {"draft|을(를)", "draft를"}, {"sitemap|은(는)", "sitemap은"}, {"website|이(가)", "website가"}, {"title|을(를)", "title을"}, {"name|이(가)", "name이"}, {"type|이(가)", "type이"}, {"date|은(는)", "date는"},
		{"\"제목\"|을(를)", "\"제목\"을"}, {"“소스”|이(가)", "“소스”가"}, {"글(공개 2)|은(는)", "글(공개 2)은"}, {"[초안]|이(가)", "[초안]이"}, {"/요리/|을(를)", "/요리/를"}, {"/a/|이(가)", "/a/가"}, {"20%|을(를)", "20%를"}, {"|을(를)", "를"}, {"書|은(는)", "書는"},
		{"<id|>이(가) 없음", "<id>가 없음"}, {"<guid|>과(와) <title>을(를)", "<guid>와 <title>을"}, {"오류|(이)라고", "오류라고"}, {"글|(이)라고", "글이라고"},
	} {
		for i, r := range c[0] {
			if r == '|' {
				before, text := c[0][:i], c[0][i+1:]
				if got := before + withParticles(before, text); got != c[1] {
					t.Errorf("%s: got %s, want %s", c[0], got, c[1])
				}
			}
		}
	}
}
