package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// dated is an article of Markdown whose times its front matter gives.
func dated(title, day, body string, more ...string) string {
	return "---\ntitle: " + title + "\ndate: " + day + "T09:00:00Z\n" + strings.Join(append(more, "---"), "\n") + "\n\n" + body + "\n"
}

// html returns the content of the article of a title, as the JSON Feed has it.
func (n *newsroom) html(title string) string {
	n.t.Helper()
	for _, i := range n.items() {
		if i.Title == title {
			return i.HTML
		}
	}
	n.t.Fatalf("no article has the title %s", title)
	return ""
}

// links checks what the content of the article 둘째 is, that a document made anew says the same, and that another pass
// changes nothing.
func (n *newsroom) links(want string) {
	n.t.Helper()
	if got := n.html("둘째"); got != want {
		n.t.Errorf("got  %s\nwant %s", got, want)
	}
	n.sameAsClean()
	if _, pub := n.pass(); len(pub.Written)+len(pub.Removed) > 0 {
		n.t.Errorf("nothing happened, and %q was written, %q removed", pub.Written, pub.Removed)
	}
}

// What an article links to moves, hides, comes back, goes and comes: the documents that show the link follow, although the
// linking article stays as it is, and its time of change with it.
func TestALinkFollowsWhatItNames(t *testing.T) {
	for name, link := range map[string]string{
		"a file": "[첫째](first.md)", "from the root": "[첫째](/first.md#장)", "Zola": "[첫째](@/first.md)", "a name": "[[First|첫째]]", "a title": "[[처음 쓴 글|첫째]]",
		"ref": `[첫째]({{< ref "first" >}})`, "link": "[첫째]({{ site.baseurl }}{% link first.md %})",
	} {
		t.Run(name, func(t *testing.T) {
			n := newNewsroom(t)
			n.force = true // two articles are few, and the guard would mind
			place := ""
			if strings.Contains(link, "#") {
				place = "#%EC%9E%A5"
			}
			at := func(path string) string {
				return `<p>앞의 <a href="` + base + path + place + `">첫째</a>를 보라.</p>`
			}
			const without = `<p>앞의 첫째를 보라.</p>`
			n.write("second.md", dated("둘째", "2026-03-02", "앞의 "+link+"를 보라."))
			n.pass()
			n.links(without)
			modified := n.items()[0].Modified
			first := func(more ...string) { n.write("first.md", dated("처음 쓴 글", "2026-03-01", "글.", more...)) }
			first()
			n.pass()
			n.links(at("/first/"))
			first("permalink: /처음/")
			n.pass()
			n.links(at("/%EC%B2%98%EC%9D%8C/"))
			first("draft: true")
			n.pass()
			n.links(without)
			first("feed: false", "sitemap: false")
			n.pass()
			n.links(at("/first/"))
			first("expires: " + n.now.Add(10*time.Minute).Format(time.RFC3339))
			n.pass()
			n.links(at("/first/"))
			n.now = n.now.Add(time.Hour)
			n.pass()
			n.links(without)
			first("date: " + n.now.Add(time.Hour).Format(time.RFC3339))
			n.pass()
			n.links(without)
			first()
			n.pass()
			n.remove("first.md")
			n.pass()
			n.links(without)
			first()
			n.pass()
			n.links(at("/first/"))
			if got := n.html("둘째"); n.items()[0].Title == "둘째" && !n.items()[0].Modified.Equal(modified) {
				t.Errorf("%s: got %s as its time of change, want %s: it said the same all the time", got, n.items()[0].Modified, modified)
			}
		})
	}
}

// A file that is renamed takes along the links to its title, and loses those to its file.
func TestALinkToARenamedFile(t *testing.T) {
	n := newNewsroom(t)
	n.force = true
	n.write("first.md", dated("처음 쓴 글", "2026-03-01", "글."))
	n.write("second.md", dated("둘째", "2026-03-02", "[가](./first.md) [[처음 쓴 글|나]] [다](묶음/last.md)"))
	n.pass()
	n.links(`<p><a href="` + base + `/first/">가</a> <a href="` + base + `/first/">나</a> 다</p>`)
	n.rename("first.md", "묶음/last.md")
	n.pass()
	moved := `<a href="` + base + `/%EB%AC%B6%EC%9D%8C/last/">`
	n.links("<p>가 " + moved + "나</a> " + moved + "다</a></p>")
}

// So does one that is refused as well, because it wants the URL of another: its last good version stands where it stood.
func TestALinkToAFileThatIsRenamedAndRefused(t *testing.T) {
	n := newNewsroom(t)
	n.force = true
	n.write("first.md", dated("처음 쓴 글", "2026-03-01", "글."))
	n.write("third.md", dated("셋째", "2026-03-03", "다른 글."))
	n.write("second.md", dated("둘째", "2026-03-02", "[가](first.md) [[first|나]] [[처음 쓴 글|다]] [라](last.md) [[last|마]]"))
	n.pass()
	stands := `<a href="` + base + `/first/">`
	n.links("<p>" + stands + "가</a> " + stands + "나</a> " + stands + "다</a> 라 마</p>")
	n.remove("first.md")
	n.write("last.md", dated("처음 쓴 글", "2026-03-01", "글.", "permalink: /third/"))
	if scan, _ := n.pass(); len(scan.Refused) != 1 {
		t.Fatalf("refused: %v, want last.md", scan.Refused)
	}
	n.links("<p>가 나 " + stands + "다</a> " + stands + "라</a> " + stands + "마</a></p>")
}

// Of two articles with one name neither is meant, of two with one date and name neither folder.
func TestANameThatTwoHaveIsNoLink(t *testing.T) {
	n := newNewsroom(t)
	n.force = true
	n.write("봄/first.md", dated("봄", "2026-03-01", "글."))
	n.write("second.md", dated("둘째", "2026-03-02", "[[first|가]] [[봄/First|나]] [다]({{% relref \"first.md\" %}}) [라]({{< ref \"여름/first\" >}})"))
	n.pass()
	spring, summer := `<a href="`+base+`/%EB%B4%84/first/">`, `<a href="`+base+`/%EC%97%AC%EB%A6%84/first/">`
	n.links("<p>" + spring + "가</a> " + spring + "나</a> " + spring + "다</a> 라</p>")
	n.write("여름/first.md", dated("여름", "2026-03-01", "글."))
	n.pass()
	n.links("<p>가 " + spring + "나</a> 다 " + summer + "라</a></p>")
	n.write("봄/first.md", dated("봄", "2026-03-01", "글.", "draft: true"))
	n.pass()
	n.links("<p>" + summer + "가</a> 나 " + summer + "다</a> " + summer + "라</a></p>")
}

// Sources have roots of their own, and links go between them.
func TestLinksGoFromSourceToSource(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sources = nil })
	n.force = true
	n.tweak = append(n.tweak, func(s *settings) {
		for _, folder := range []string{"_posts", "docs"} {
			src, err := files.New(files.Config{Root: n.path(folder), Reading: reader.Reading{Pattern: "/" + folder + "/:path/"}, Now: later})
			n.must(err)
			s.Sources = append(s.Sources, intake.Source{Name: folder, Source: src, ReadAs: src.ReadAs()})
		}
	})
	n.open()
	put := func(name, text string) {
		n.must(os.MkdirAll(filepath.Dir(n.path(name)), 0o755))
		n.must(os.WriteFile(n.path(name), []byte(text), 0o644))
	}
	put("_posts/2019/2019-01-05-first.md", dated("첫째", "2019-01-05", "글."))
	put("_posts/2020-01-06-second.md", dated("둘째", "2020-01-06", strings.Join([]string{
		"[가]({% post_url 2019-01-05-first %})", "[나]({% post_url 2019/2019-01-05-first %})", "[다]({% link _posts/2019/2019-01-05-first.md %})",
		"[라](../docs/intro.md)", "[마](/docs/intro.md)", "[바](2019/2019-01-05-first.md)", "[사]({% post_url 2018/2019-01-05-first %})",
		"[아](../../outside.md)", "[[docs/Intro|자]]", "[차](@/intro.md)", "[카]({% post_url 2020-01-06-second %})",
		"[타]({% post_path first %})", "[파]({% link files/a.pdf %})", "[하](/docs/guide.md)",
	}, "\n")))
	put("docs/intro/index.md", dated("들어가기", "2018-01-05", "글."))
	put("docs/guide.md", dated("길잡이", "2018-01-06", "글."))
	put("docs/docs/guide.md", dated("다른 길잡이", "2018-01-07", "글."))
	build := func() {
		n.now = n.now.Add(time.Minute)
		for _, name := range []string{"_posts", "docs"} {
			_, err := n.rooms.Scan(t.Context(), name, intake.ScanOptions{Force: true})
			n.must(err)
		}
		_, err := n.rooms.Publish(t.Context(), edition.PublishOptions{Force: true})
		n.must(err)
	}
	build()
	first, intro, own := `<a href="`+base+`/_posts/2019/first/">`, `<a href="`+base+`/docs/intro/">`, `<a href="`+base+`/_posts/second/">`
	want := "<p>" + strings.Join([]string{
		first + "가</a>", first + "나</a>", first + "다</a>", intro + "라</a>", intro + "마</a>", first + "바</a>", "사", "아", intro + "자</a>", intro + "차</a>",
		own + "카</a>", first + "타</a>", `<a href="` + base + `/files/a.pdf">파</a>`, `<a href="` + base + `/docs/guide/">하</a>`,
	}, " ") + "</p>"
	if got := n.html("둘째"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	n.sameAsClean()
}

// With the ledger the links are lost, and come back with the first scan.
func TestLinksComeBackWhenTheLedgerIsLost(t *testing.T) {
	n := newNewsroom(t)
	n.force = true
	n.write("first.md", dated("처음 쓴 글", "2026-03-01", "글."))
	n.write("second.md", dated("둘째", "2026-03-02", "[가](./first.md) [[처음 쓴 글|나]]"))
	n.pass()
	want := n.html("둘째")
	n.closeState()
	n.open()
	if _, pub := n.pass(); len(pub.Written) > 0 {
		t.Errorf("%q was written, though all is as it was", pub.Written)
	}
	n.links(want)
}
