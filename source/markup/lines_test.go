package markup_test

import (
	"slices"
	"testing"

	"herald/source"
	"herald/source/markup"
)

func TestEdgeLines(t *testing.T) {
	for name, c := range map[string]struct {
		body source.Body
		want []string
	}{
		"text":     {source.Body{Markup: source.Text, Text: "하나\n둘\n\n셋\n\n넷\n다섯\n"}, []string{"하나", "둘", "넷", "다섯"}},
		"few":      {source.Body{Markup: source.Text, Text: "하나\n\n둘"}, []string{"하나", "둘"}},
		"markdown": {source.Body{Markup: source.Markdown, Text: "# 제목\n\n**입력** 2024-01-05\n둘째 줄\n\n- 2024-01-06\n\n> 2024-01-07\n\n1. 2024-01-08\n\n```\n2024-01-09\n```\n\n    2024-01-10\n\n| 2024-01-11 |\n\n끝 &lt;줄\n"}, []string{"**입력** 2024-01-05", "둘째 줄", "끝 <줄"}},
		"html": {source.Body{Markup: source.HTML, Text: "<h2>2024-01-01</h2><div><span>입력</span> 2024-01-05<br>김새벽 기자</div><table><tr><td>2024-01-06</td></tr></table><p>끝</p><script>2024-01-07</script>"},
			[]string{"입력 2024-01-05", "김새벽 기자", "끝"}},
		"nothing": {source.Body{Markup: source.HTML}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := markup.EdgeLines(c.body, 2); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
