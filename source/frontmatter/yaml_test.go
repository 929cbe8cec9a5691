package frontmatter_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/source/frontmatter"
)

var update = flag.Bool("update", false, "write the golden file anew")

// samples is front matter as people write it; each stands between two fence lines.
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

// TestYAML holds what is read from the samples: kinds, texts and places.
func TestYAML(t *testing.T) {
	got := ""
	for _, sample := range samples() {
		m, err := frontmatter.Split("---\n" + sample + "---\n본문")
		got += fmt.Sprintf("%q\n%s", sample, show(m.Fields))
		for _, w := range m.Warnings {
			got += fmt.Sprintf("warning %d:%d %s\n", w.Line, w.Column, w.Message)
		}
		if err != nil {
			got += fmt.Sprintf("error %v\n", err)
		} else if m.Body != "본문" {
			t.Errorf("%q: got body %q", sample, m.Body)
		}
		got += "\n"
	}
	golden := filepath.Join("testdata", "yaml.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	lines, wanted := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(lines), len(wanted)) {
		if i >= len(lines) || i >= len(wanted) || lines[i] != wanted[i] {
			t.Fatalf("%s:%d: got %q, want %q", golden, i+1, lines[min(i, len(lines)-1)], wanted[min(i, len(wanted)-1)])
		}
	}
}

func show(fields []frontmatter.Field) string {
	s := ""
	for _, f := range fields {
		s += fmt.Sprintf("%q=%s\n", f.Key, showValue(f.Value))
	}
	return s
}

func showValue(v frontmatter.Value) string {
	switch v.Kind {
	case frontmatter.Scalar:
		return fmt.Sprintf("%q at %d:%d", v.Text, v.Line, v.Column)
	case frontmatter.List:
		s := "["
		for _, item := range v.Items {
			s += showValue(item) + ", "
		}
		return s + "]"
	case frontmatter.Mapping:
		return "{" + show(v.Fields) + "}"
	}
	return fmt.Sprintf("null at %d:%d", v.Line, v.Column)
}
