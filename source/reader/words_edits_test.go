package reader_test

import (
	"testing"

	"herald/source"
	"herald/source/markup"
	"herald/source/reader"
)

const page = "https://news.example.org/정치/글/"

// wordsEdits are what editors and tools put into a body without saying anything new; whether one does
// depends on where it stands.
var wordsEdits = []string{" ", "\n", "<!-- x -->", "<span>", "</span>", "<script>x</script>", "<style>", "</style>", " class=x", " style='a'", "<p>", "</p>", "<b>", "</b>",
	"<pre>", "</pre>", "<img src=/blank.gif>", "<noscript><img src=/b.jpg></noscript>", "<table>", "<td>", "</table>", "<body>", "<br>", "<iframe src=/c></iframe>", "&#8;", "\r\n", "<a>", "<a href=/d>", "</a>",
	"<li>", "<ul>", "\u0301", "<plaintext>", "<textarea>", " data-src=e", "<div", ">", "&nbsp;", "<h2>",
	" hidden", " aria-hidden=true", " class=ln", "<span hidden>", " id=a", "<i id=a>", "<a name=a>", "<a href=#a>", "<svg>", "</svg>", "<button>", "</button>", "<template>", "<blockquote>", "<!--more-->"}

// shown is what documents show of a body.
func shown(b source.Body) string {
	html := markup.Render(b, page)
	return html + "\n\n" + markup.Summarize(b, nil, html)
}

// FuzzWordsEdits puts such edits into a body, at the places that edits names: where they leave the
// digest as it was, they leave the document as it was.
func FuzzWordsEdits(f *testing.F) {
	f.Add("<p>가 <b>나 </b></p> <p>다<img src=/blank.gif> </p> <noscript><img src=/t.jpg></noscript>라", []byte{2, 0, 2, 9})
	f.Add("<b>가 <p>나<pre> 다 <b> </pre> 라", []byte{3, 1, 3, 40})
	f.Add("<img src=/blank.gif></p> <noscript><img src=/t.jpg></noscript>가", []byte{0, 24})
	f.Add("<p>가<a href=#a>나</a><i id=a>다", []byte{50, 20, 53, 3})
	f.Fuzz(func(t *testing.T, text string, edits []byte) {
		if len(text) > 2000 {
			return
		}
		was := source.Body{Markup: source.HTML, Text: text}
		for len(edits) > 1 && len(text) < 4000 {
			at := int(edits[1]) % (len(text) + 1)
			text = text[:at] + wordsEdits[int(edits[0])%len(wordsEdits)] + text[at:]
			edits = edits[2:]
			is := source.Body{Markup: source.HTML, Text: text}
			same := reader.ContentDigest(&source.Article{Body: was}) == reader.ContentDigest(&source.Article{Body: is})
			if same && shown(was) != shown(is) {
				t.Fatalf("%q and %q have equal digests and other documents:\n%s\n%s", was.Text, text, shown(was), shown(is))
			}
		}
	})
}

// TestWordsNeighbours tries every edit, and every pair of some, at every place of small bodies.
func TestWordsNeighbours(t *testing.T) {
	for _, text := range []string{
		"<p>가 <b>나 </b></p> <p>다<img src=/blank.gif> </p> <noscript><img src=/t.jpg></noscript>라",
		"<b>가 <p>나<pre> 다 <b> </pre> 라</b> <pre>\n</pre>",
		"<ul> <li>가 <a href=/x>나 <li>다</ul> <table> <tr> <td>라 <td> 마 </table> 바 <br> 사",
		"<p>가 <i hidden>나 <i>다</i></i> 라<pre><b class=ln>1</b>마</pre>",
		"<p id=a>가 <a href=#a>나</a><a href=https://other.example/#a id=b>다</a></p><i id=a>라</i>",
		"<td>가</td> <iframe src=/y> z </iframe> <div>나 <iframe src=/y></iframe> 다</div> <option>라</option>",
	} {
		was := source.Body{Markup: source.HTML, Text: text}
		seen := map[source.Digest]string{reader.ContentDigest(&source.Article{Body: was}): shown(was)}
		check := func(text string) {
			is := source.Body{Markup: source.HTML, Text: text}
			digest, document := reader.ContentDigest(&source.Article{Body: is}), shown(is)
			if known, found := seen[digest]; found && known != document {
				t.Fatalf("%q has the digest of another document:\n%q\n%q", text, known, document)
			}
			seen[digest] = document
		}
		for at := range len(text) + 1 {
			for _, edit := range wordsEdits {
				once := text[:at] + edit + text[at:]
				check(once)
				for second := at; second < len(once); second += 11 {
					check(once[:second] + wordsEdits[(at+second)%len(wordsEdits)] + once[second:])
				}
			}
		}
	}
}
