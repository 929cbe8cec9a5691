package outline_test

import (
	"testing"

	"herald/cmd/internal/outline"
)

func TestTree(t *testing.T) {
	got, err := outline.YAML(outline.Tree([]outline.Value{
		{"site.title", "뉴스: 속보"}, {"sources[0].path", "./a"}, {"sources[0].include[0]", "**/*.md"}, {"sources[0].include[1]", "*"},
		{"sources[1].path", "./b"}, {"feeds[0].items", "10"}, {"robots", "false"}, {"site.copyright", ""}, {"site.description", "둘\n줄"},
	}))
	want := `site:
  title: '뉴스: 속보'
  copyright: ""
  description: |-
    둘
    줄
sources:
  - path: ./a
    include:
      - '**/*.md'
      - '*'
  - path: ./b
feeds:
  - items: 10
robots: false
`
	if err != nil || string(got) != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
	}
}
