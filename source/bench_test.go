package source_test

import (
	"crypto/sha256"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
)

// benchFiles gives files of the usual shapes, some six kilobytes each.
func benchFiles() map[string]string {
	matter := "---\ntitle: 시의회, 마을버스 노선 스물네 개를 다시 짠다\ncategories:\n  - News\nexcerpt: >\n  시의회가 마을버스 노선을 다시 짜기로 했다. 새 노선은 봄에 시작한다. 배차 간격은 줄고 첫차는 빨라진다.\n" +
		"feature_text: >\n  시의회가 마을버스 노선을 다시 짜기로 했다. 새 노선은 봄에 시작한다. 배차 간격은 줄고 첫차는 빨라진다.\nimage: '/assets/img/bus.jpg'\n---\n\n"
	sentence := "시의회는 어제 본회의에서 마을버스 노선 개편안을 의결했다. 담당 과장은 “배차 간격이 평균 15분에서 9분으로 줄어든다”고 설명했으며, 주민 설명회는 다음 달부터 동마다 열린다. "
	block := "<h2 data-ke-size=\"size26\">노선 개편과 배차 간격</h2>\n\n<p data-ke-size=\"size16\">&nbsp;</p>\n\n<p data-ke-size=\"size16\">" + sentence +
		"<b><span style=\"color: #1a5490;\">첫차는 다섯 시에 떠난다</span></b>는 점도 달라진다. " + sentence + "</p>\n\n"
	table := "<table style=\"border-collapse: collapse;\" border=\"1\">\n<tbody>\n" + strings.Repeat("<tr>\n<td style=\"width: 50%;\">노선</td>\n<td style=\"width: 50%;\">배차 <a href=\"/bus?line=3&amp;day=1\" class=\"x\">9분</a></td>\n</tr>\n", 4) + "</tbody>\n</table>\n"
	fill := func(head, part, tail string) string {
		return head + strings.Repeat(part, max(1, (6000-len(head)-len(tail))/len(part))) + tail
	}
	return map[string]string{
		"html":     fill(matter+"<p><img src=\"/assets/img/bus.jpg\" alt=\"버스 속보\" /></p>\n\n", block, table),
		"markdown": fill(matter, "## 노선 개편과 배차 간격\n\n"+sentence+"**첫차**는 [다섯 시](/bus)에 떠난다. "+sentence+"\n\n- 노선 스물넷\n- 배차 9분\n\n", "![버스](/assets/img/bus.jpg)\n"),
		"text":     fill("마을버스 노선을 다시 짠다\n\n", sentence+"\n\n- 노선 스물넷\n- 배차 9분\n\n", "노선 | 배차\n3 | 9분\n"),
	}
}

var benchNames = map[string]string{"html": "2024/bus.html", "markdown": "2024/bus.md", "text": "2024/bus.txt"}

// BenchmarkParse reads one article from memory; floor is what any reader pays for the same bytes.
func BenchmarkParse(b *testing.B) {
	files := benchFiles()
	for _, shape := range []string{"html", "markdown", "text"} {
		data := []byte(files[shape])
		b.Run(shape+"/floor", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if sum := sha256.Sum256(data); sum == [32]byte{} {
					b.Fatal("never")
				}
				if !utf8.Valid(data) {
					b.Fatal("never")
				}
			}
		})
		b.Run(shape+"/parse", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := source.Parse("bus", data, source.Reading{Path: benchNames[shape]}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStages times what Parse is made of, on the HTML file, and rendering beside it.
func BenchmarkStages(b *testing.B) {
	data := []byte(benchFiles()["html"])
	a, err := source.Parse("bus", data, source.Reading{Path: "2024/bus.html"})
	if err != nil {
		b.Fatal(err)
	}
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"clean", func() { source.Clean(data) }},
		{"scan", func() { source.Scan(a.Body) }},
		{"words", func() { source.Words(a) }},
		{"render", func() { source.Render(a.Body, page) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stage.run()
			}
		})
	}
}
