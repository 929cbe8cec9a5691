package feeds_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"herald/feeds"
)

func TestOPML(t *testing.T) {
	var out bytes.Buffer
	all := []feeds.Outline{
		{Title: `새벽 소식 – <R&D> "밤"` + "\x01", URL: "https://news.example.org/feed.xml?a=1&b=2", Page: "https://news.example.org/"},
		{Title: "정치", URL: "https://news.example.org/%EC%A0%95%EC%B9%98/atom.xml"},
	}
	if err := feeds.WriteOPML(&out, "새벽 소식", all); err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<!-- herald -->
<opml version="2.0">
  <head>
    <title>새벽 소식</title>
  </head>
  <body>
    <outline type="rss" text="새벽 소식 – &lt;R&amp;D&gt; &#34;밤&#34;" title="새벽 소식 – &lt;R&amp;D&gt; &#34;밤&#34;" xmlUrl="https://news.example.org/feed.xml?a=1&amp;b=2" htmlUrl="https://news.example.org/"></outline>
    <outline type="rss" text="정치" title="정치" xmlUrl="https://news.example.org/%EC%A0%95%EC%B9%98/atom.xml"></outline>
  </body>
</opml>
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := feeds.CheckOPML(out.Bytes()); err != nil || !feeds.IsOPML(out.Bytes()) {
		t.Errorf("got %v, want no fault of a list of ours", err)
	}
	var any struct{ XMLName xml.Name }
	if err := xml.Unmarshal(out.Bytes(), &any); err != nil {
		t.Error(err)
	}
	for name, doc := range map[string]string{
		"no mark": strings.Replace(want, "<!-- herald -->", "", 1), "no URL": strings.Replace(want, "https://news.example.org/feed", "feed", 1),
		"no text": strings.Replace(want, `text="정치"`, `text=" "`, 1), "cut": want[:len(want)-9], "no type": strings.Replace(want, `type="rss"`, "", 1),
	} {
		if feeds.CheckOPML([]byte(doc)) == nil {
			t.Errorf("%s: got no fault, want one", name)
		}
	}
}
