package reader_test

import (
	"errors"
	"flag"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/blocks"
	"herald/source/hostile"
	"herald/source/markup"
	"herald/source/permalink"
	"herald/source/preset"
	"herald/source/reader"
)

// costSize is the size of the smaller inputs of TestCost, in bytes: the larger are four times as long. A run with 250000, of
// all constructs as megabytes, takes some minutes.
var costSize = flag.Int("cost", 10_000, "size of the smaller inputs of TestCost, in bytes")

// cost is what reading and showing an article took.
type cost struct {
	bytes uint64        // allocated
	time  time.Duration // computing; collecting garbage apart
	err   error
}

// costOf measures what a file costs from its bytes to its summary. The caller holds its thread, and no garbage is collected.
func costOf(in hostile.Input, data []byte) (c cost) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if before.HeapAlloc > 256<<20 {
		runtime.GC()
	}
	begin := threadTime()
	c.err = readAndShow(in, data)
	c.time = threadTime() - begin
	runtime.ReadMemStats(&after)
	c.bytes = after.TotalAlloc - before.TotalAlloc
	return c
}

func readAndShow(in hostile.Input, data []byte) error {
	r := reader.Reading{Path: in.File, Pattern: "/:path/"}
	if strings.HasPrefix(in.Name, "kramdown") {
		r.Preset = preset.Named("jekyll")
	}
	a, err := reader.Parse(in.File, data, r)
	if err != nil {
		return err
	}
	_, err = permalink.Expand(a, nil)
	const place = "https://news.example.org/2024/05/06/an-address-of-some-length/"
	content := markup.RenderLinked(a.Body, place, nil)
	markup.Summarize(a.Body, nil, content)
	return err
}

// TestCost holds that no construct costs more than its length says: what is four times as long may take and allocate twice
// four times as much, where a search that takes the square of the length takes sixteen times. What package blocks counts
// may take up its bounds at once.
func TestCost(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for _, in := range hostile.Articles() {
		if os.Getenv("CI") == "" && isVariant(in.Name) {
			continue
		}
		data, data4 := in.Make(*costSize), in.Make(4**costSize)
		small, large := costOf(in, data), costOf(in, data4)
		mostBytes := 8*small.bytes + 1<<19
		if blocks.Most(string(data4)).Exceeds() {
			mostBytes = max(mostBytes, 160<<20)
		}
		if large.bytes > mostBytes {
			t.Errorf("%s: allocates %d bytes, and %d where it is four times as long", in.Name, small.bytes, large.bytes)
		}
		if took, most, ok := inTime(in, data, data4, small.time, large.time); !ok {
			t.Errorf("%s: takes %v where it is four times as long; want at most %v", in.Name, took, most)
		}
		checkRefusal(t, in.Name, large.err)
	}
}

// inTime reports whether the larger input takes what its length allows, measuring both again, up to eight times, where it
// seems not to: the clock of a thread may count in steps of milliseconds, and other programs share the caches. It compares
// the sums of all rounds, in which such faults even out and a search that takes the square stays one.
func inTime(in hostile.Input, data, data4 []byte, small, large time.Duration) (took, most time.Duration, ok bool) {
	least := time.Duration(0)
	if blocks.Most(string(data4)).Exceeds() {
		least = 800 * time.Millisecond
	}
	for round := time.Duration(1); ; round++ {
		most = max(8*small+round*25*time.Millisecond, round*least)
		if 4**costSize >= 1_000_000 {
			most = round * time.Second
		}
		if large <= most || round == 8 {
			return large / round, most / round, large <= most
		}
		small += costOf(in, data).time
		large += costOf(in, data4).time
	}
}

// isVariant reports whether a construct is one of another table with something else before it. With CI=true none is left out.
func isVariant(name string) bool {
	table, _, _ := strings.Cut(name, ":")
	return slices.Contains([]string{"kramdown", "bare Markdown", "page", "head", "bare text", "YAML alone", "header of HTML"}, table)
}

// checkRefusal holds that a refusal says why, in few words.
func checkRefusal(t *testing.T, name string, err error) {
	t.Helper()
	var refused *source.ArticleError
	switch {
	case err == nil || errors.Is(err, permalink.ErrEmpty) || errors.Is(err, reader.ErrNotArticle):
	case errors.As(err, &refused):
		if len(err.Error()) > 1000 || refused.Reason == "" {
			t.Errorf("%s: refused with %d bytes: %.200s", name, len(err.Error()), err)
		}
	case len(err.Error()) > 1000:
		t.Errorf("%s: an error of %d bytes: %.200s", name, len(err.Error()), err)
	}
}

// TestCostIsRefused holds that what grows beyond all measure is refused with the reason and the line in the file.
func TestCostIsRefused(t *testing.T) {
	const front = "---\ntitle: 제목\n---\n"
	repeat := strings.Repeat
	for _, c := range []struct{ name, path, text, want string }{
		{"a wide table", "a.md", front + "\n|" + repeat("a|", 1000) + "\n|" + repeat("-|", 1000) + "\n" + repeat("|\n", 12_000),
			"a.md:5:1: the rows of tables lack more than 50000 of the cells that their headers have"},
		{"a wide table in a quotation", "a.md", front + "> |" + repeat("a|", 500) + "\n> |" + repeat("-|", 500) + "\n" + repeat("> |\n", 500),
			"the rows of tables lack more than 50000"},
		{"many tables", "a.md", front + repeat("|"+repeat("a|", 100)+"\n|"+repeat("-|", 100)+"\n"+repeat("|\n", 100)+"\n", 10),
			"the rows of tables lack more than 50000"},
		{"a table without front matter", "a.md", "# 제목\n\n|" + repeat("a|", 1000) + "\n|" + repeat("-|", 1000) + "\n" + repeat("|\n", 1000),
			"a.md:3:1: the rows of tables lack"},
		{"a long target", "a.md", front + "[a]: " + repeat("x", 20_000) + "\n\n" + repeat("[a] ", 60_000), "a.md:6:1: references to targets of links repeat more than 1000000 bytes of them"},
		{"a long target, few references", "a.md", front + "[a]: " + repeat("x", 200_000) + "\n\n" + repeat("[a] ", 6), "references to targets of links repeat"},
		{"a target just too long", "a.md", front + "[a]: " + repeat("x", 200_001) + "\n\n" + repeat("[a] ", 5), "references to targets of links repeat more than 1000000"},
		{"few targets without an end", "a.md", front + repeat("[a](b \""+repeat("x", 100), 900), "links and footnotes of long paragraphs take more than"},
		{"a small wide table", "a.md", front + repeat("|", 300) + "\n" + repeat("-|", 300) + "\n" + repeat("|\n", 200), "the rows of tables lack more than 50000"},
		{"targets without an end, old line ends", "a.md", front + repeat("[a](b \"\r", 30_000), "links and footnotes of long paragraphs take more than"},
		{"a long title of images", "a.md", front + repeat("![b][a] ", 6000) + "\n\n[a]: /c '" + repeat("x", 2000) + "'", "references to targets of links repeat"},
		{"targets in a quotation", "a.md", front + "> [a]: /" + repeat("x", 20_000) + "\n\n" + repeat("[a] ", 600), "references to targets of links repeat"},
		{"footnotes", "a.md", front + "[^a]: b\n\n" + repeat("[^a] ", 6000), "there are more than 5000 references to footnotes"},
		{"brackets", "a.md", front + repeat("[", 40_000) + "a" + repeat("]", 40_000), "a.md:4:1: links and footnotes of long paragraphs take more than"},
		{"targets without an end", "a.md", front + repeat("[a](b \"", 30_000), "links and footnotes of long paragraphs take more than"},
		{"lines with brackets", "a.md", front + repeat("*[a]: b\n", 12_000), "links and footnotes of long paragraphs take more than"},
		{"lines in nested lists", "a.md", front + repeat("> ", 79) + "a\n" + repeat(repeat("> ", 79)+"a\n", 7000), "nested lists and quotations hold more than"},
		{"dense Markdown", "a.md", front + repeat("*a* ", 250_000), "a.md:4:1: the body holds more than 200000 line ends and marks of Markdown; split the article"},
		{"dense HTML", "a.html", front + repeat("<b>", 400_000), "the body holds more than 300000 tags"},
		{"a dense page", "a.html", "<title>제목</title>" + repeat("<b>", 400_000), "the body holds more than 300000 tags"},
		{"dense text", "a.txt", "제목\n" + repeat("a\n", 400_000), "a.txt:300001:1: the body holds more than 300000 line ends and bars"},
		{"dense YAML", "a.md", "---\nx: [" + repeat("a,", 200_000) + "]\n---\n", "front matter holds more than 100000 line ends and marks of YAML or TOML"},
		{"dense TOML", "a.md", "+++\n" + numbered("a%d.b = 1\n", 34_000) + "+++\n", "front matter holds more than 100000 line ends and marks of YAML or TOML"},
		{"aliases of a text", "a.md", "---\na: &a " + repeat("x", 100_000) + "\nx: [" + repeat("*a,", 100) + "]\n---\n", "front matter holds texts of more than 4194304 bytes (aliases count where they are used)"},
	} {
		_, err := reader.Parse(c.path, []byte(c.text), reader.Reading{Path: c.path})
		var refused *source.ArticleError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}

// TestBigArticles holds that what people write is no excess, however much of it there is.
func TestBigArticles(t *testing.T) {
	const front = "---\ntitle: 제목\n---\n"
	repeat := strings.Repeat
	for name, text := range map[string]string{
		"a table":    front + "|가|나|다|라|마|바|사|아|\n|-|-|-|-|-|-|-|-|\n" + repeat("|1.0|2.5|가나|라마|바사|[a](/b)|**c**|`d`|\n", 3000),
		"references": front + numbered("글 [하나%d] 글\n\n", 500) + numbered("[하나%d]: https://news.example.org/2024/05/06/a/b/c\n", 500),
		"footnotes":  front + numbered("글[^%d] 글\n\n", 300) + numbered("[^%d]: 주석이다\n", 300),
		"prose":      front + repeat(repeat("국회는 오늘 본회의를 열어 예산안을 처리했다. ", 12)+"\n\n", 1200),
		"one line":   front + repeat("국회는 오늘 본회의를 열어 예산안을 처리했다. ", 14_000),
		"a list":     front + repeat("- 하나\n  - 둘 [셋](/d)\n    1. 넷\n", 3000),
		"a log":      front + "```\n" + repeat("2024-05-06 07:08:09 [info] started: a=b, c=[d] \"e\" <f>\n", 9000) + "```\n",
	} {
		if _, err := reader.Parse("a.md", []byte(text), reader.Reading{Path: "a.md"}); err != nil {
			t.Errorf("%s of %d bytes: %v", name, len(text), err)
		}
	}
}
