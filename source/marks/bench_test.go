package marks_test

import (
	"strings"
	"testing"

	"herald/source"
	"herald/source/marks"
)

// BenchmarkResolve times bodies of six kilobytes: what every article pays, and what one with a few marks does.
func BenchmarkResolve(b *testing.B) {
	prose := strings.Repeat("국회는 오늘 본회의를 열어 **예산안**을 [처리했다](/budget). 여야는 밤늦게까지 협상을 이어 갔다.\n\n- 첫째\n- 둘째\n\n", 36)
	for name, text := range map[string]string{
		"without marks": prose,
		"with marks":    strings.Replace(prose, "- 둘째", "{% include a.html %}\n\n{{ site.title }} {: .lead}\n\n```\n{{ x }}\n```", 3),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				marks.Resolve(source.Body{Markup: source.Markdown, Text: text}, facts)
			}
		})
	}
}
