package feed_test

import (
	"context"
	"encoding/json"
	"testing"

	"herald/source/feed"
	"herald/source/reader"
	"herald/source/remote"
)

// What an entry says of its source counts, else its feed says where it came from.
func TestOrigin(t *testing.T) {
	tests := []struct {
		name, doc, key string
		hidden         bool
		want           string
	}{
		{"RSS that names itself", `<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>장 &amp;amp; 길</title><link>/</link><lastBuildDate>Mon, 02 Mar 2026 09:00:00 GMT</lastBuildDate>
<atom:link rel="self" href="https://blog.example.com/rss"/><item><link>/1</link><title>하나</title></item></channel></rss>`, "https://blog.example.com/1", false,
			`{"id":"https://blog.example.com/rss","title":"장 & 길","url":"https://blog.example.com/","feed":"https://blog.example.com/rss","updated":"2026-03-02T09:00:00Z"}`},
		{"RSS", `<rss><channel><title>블로그</title><item><link>/1</link><title>하나</title></item></channel></rss>`, "https://blog.example.com/1", false,
			`{"id":"https://blog.example.com/feed","title":"블로그","feed":"https://blog.example.com/feed"}`},
		{"an item with its source", `<rss><channel><title>모음</title><item><link>/1</link><title>하나</title><source url="https://other.example/rss">다른 곳</source></item></channel></rss>`,
			"https://blog.example.com/1", false, `{"id":"https://other.example/rss","title":"다른 곳","feed":"https://other.example/rss"}`},
		{"an entry with its source", `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:all</id><title>모음</title><updated>2026-03-02T09:00:00Z</updated>
<entry><id>urn:x:1</id><title>하나</title><link href="/1"/><source><id>urn:x:other</id><title>다른 곳</title><updated>2026-01-01T00:00:00Z</updated><author><name>남</name></author>
<link rel="self" href="https://other.example/atom"/><link href="https://other.example/"/></source></entry></feed>`, "urn:x:1", false,
			`{"id":"urn:x:other","title":"다른 곳","url":"https://other.example/","feed":"https://other.example/atom","updated":"2026-01-01T00:00:00Z"}`},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:all</id><title>모음</title><updated>2026-03-02T09:00:00Z</updated><link href="https://blog.example.com/home"/>
<entry><id>urn:x:1</id><title>하나</title><link href="/1"/></entry></feed>`, "urn:x:1", false,
			`{"id":"urn:x:all","title":"모음","url":"https://blog.example.com/home","feed":"https://blog.example.com/feed","updated":"2026-03-02T09:00:00Z"}`},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"블로그","home_page_url":"https://blog.example.com/","feed_url":"https://blog.example.com/json","items":[{"id":"7","url":"/1","title":"하나"}]}`, "7", false,
			`{"id":"https://blog.example.com/json","title":"블로그","url":"https://blog.example.com/","feed":"https://blog.example.com/json"}`},
		{"an address that holds a secret", `<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>블로그</title><link>https://blog.example.com/</link><atom:link rel="self" href="https://blog.example.com/feed?key=s"/>
<item><link>/1</link><title>하나</title></item></channel></rss>`, "https://blog.example.com/1", true, `{"id":"https://blog.example.com/","title":"블로그","url":"https://blog.example.com/"}`},
		{"a password", `<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>블로그</title><link>https://blog.example.com/</link><atom:link rel="self" href="https://me:secret@blog.example.com/feed"/>
<item><link>/1</link><title>하나</title></item></channel></rss>`, "https://blog.example.com/1", false, `{"id":"https://blog.example.com/","title":"블로그","url":"https://blog.example.com/"}`},
		{"nothing that can be told", `<rss><channel><item><link>/1</link><title>하나</title></item></channel></rss>`, "https://blog.example.com/1", false, `null`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			const at = "https://blog.example.com/feed"
			s := feed.New(feed.Config{URL: at, Hidden: test.hidden, Reading: reader.Reading{}, Fetch: func(context.Context, remote.Request) (*remote.Answer, error) {
				return &remote.Answer{Status: 200, Body: []byte(test.doc), URL: at}, nil
			}})
			for _, err := range s.List(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
			}
			a, err := s.Load(t.Context(), test.key)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(a.Origin)
			if err != nil {
				t.Fatal(err)
			}
			var plain, want any
			if json.Unmarshal(got, &plain) != nil || json.Unmarshal([]byte(test.want), &want) != nil {
				t.Fatalf("%s, %s", got, test.want)
			}
			g, _ := json.Marshal(plain)
			w, _ := json.Marshal(want)
			if string(g) != string(w) {
				t.Errorf("got  %s\nwant %s", g, w)
			}
		})
	}
}
