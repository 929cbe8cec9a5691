package frontmatter_test

import (
	"strings"
	"testing"

	"herald/source/frontmatter"
	"herald/source/text"
)

// samples is front matter as people write it; each has a fence line before and after it.
func samples() []string {
	return []string{
		"",
		"title: 새 도서관 문 연다\n",
		"title: '시장이 \"환영\"한다'\ndate: 2024-01-02 15:04:05 +0900\n",
		"title: \"따옴표 제목\"   \ncategories:\n  - 사회\n  - 문화\ntags: [축제, 봄 나들이]\n",
		"categories:\n- 사회\n- \"문화\"\n\ntitle: 제목\n",
		"excerpt: >\n  첫째 줄은 여기서\n  이어진다.\n\n  둘째 문단.\ntitle: 제목\n",
		"excerpt: >-\n  한 줄\n\n\ntitle: 제목\n",
		"excerpt: |\n    첫째 줄\n    둘째 줄\n\n    셋째 줄\nimage: '/assets/a.jpg'\n",
		"excerpt: |-\n  끝\n",
		"# 메모\ntitle: 제목\n# 또 메모\ndraft: false\n",
		"title:\ntags: []\nempty: ~\nnone: null\n",
		"a: 1.10\nb: 2024\nc: yes\nd: 2024-01-02\ne: 12:30\nf: http://example.org/x\n",
		"title: 제목\ndescription: >\n  글\n# 끝\n",
		"layout: post\n\n\ntitle: 가 나  다\n",
		"tags: [ 하나 ,둘,  셋 ]\n",
		"key-with_signs9: v\nK: V\n",
		"list:\n  - 가\n\n  - 나\nnext: 다\n",
		// what the hand reader must leave to the full one
		"title: \"줄\\n바꿈\"\n",
		"title: 여러\n  줄에 걸친\n  제목\n",
		"author: {name: 편집국, email: desk@news.example.org}\n",
		"image:\n  url: /a.jpg\n  alt: 사진\n",
		"tags: [\"가, 나\", 다]\n",
		"title: ! 느낌\n",
		"a: &x 1\nb: *x\n",
		"excerpt: >+\n  글\n\n",
		"excerpt: >2\n    글\n",
		"excerpt: >\n  글\n    더 들여 쓴 글\n  글\n",
		"excerpt: |\n  글\n   \n  글\n",
		"list:\n  - a: 1\n    b: 2\n",
		"list:\n  -\n    가\n",
		"? a\n: b\n",
		"\"quoted key\": v\n",
		"title:\t탭\n",
		"a: -1\nb: -가\n",
		"list:\n  - 가\n  나\n",
		"a: 'it''s'\n",
		"한글키: 값\n",
		"a: b\n\n  c\n",
		"a: [b\n]\n",
		"a: [b]c\n",
		"a: [b?c]\n",
		"excerpt: >\ntitle: a\n",
		"a: 가\u2028나\n",
	}
}

func TestSimpleYAMLEqualsYAML(t *testing.T) {
	simple := 0
	for _, sample := range samples() {
		text := "---\n" + sample
		got, ok := frontmatter.SimpleYAML(text)
		if !ok {
			continue
		}
		simple++
		if want, err := frontmatter.FullYAML(text); err != nil || got != want {
			t.Errorf("%q:\n got %s\nwant %s (%v)", text, got, want, err)
		}
	}
	if simple < 17 {
		t.Errorf("%d samples were read by hand, want 17 or more", simple)
	}
}

func FuzzSimpleYAML(f *testing.F) {
	for _, sample := range samples() {
		f.Add(sample)
	}
	f.Fuzz(func(t *testing.T, sample string) {
		clean, _, _ := text.Clean([]byte("---\n" + sample + "\n"))
		if got, ok := frontmatter.SimpleYAML(clean); ok {
			if want, err := frontmatter.FullYAML(clean); err != nil || got != want {
				t.Fatalf("%q:\n got %s\nwant %s (%v)", clean, got, want, err)
			}
		}
	})
}

func BenchmarkFrontMatter(b *testing.B) {
	text := "---\ntitle: 새벽 시장, 다시 문을 연다\ncategories:\n  - 사회\nexcerpt: >\n  " +
		strings.Repeat("푸른시 새벽 시장이 석 달의 공사를 마치고 다시 문을 연다. ", 6) + "\nimage: '/assets/img/market.jpg'\n"
	b.Run("by hand", func(b *testing.B) {
		for b.Loop() {
			if !frontmatter.ReadSimpleYAML(text) {
				b.Fatal("not read")
			}
		}
	})
	b.Run("by yaml.v3", func(b *testing.B) {
		for b.Loop() {
			if !frontmatter.ReadFullYAML(text) {
				b.Fatal("not read")
			}
		}
	})
}
