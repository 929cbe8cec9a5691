package engine_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// claimant is an article that claims an id and, where path is not empty, a URL.
func claimant(title, id, path string) string {
	text := "---\ntitle: " + title + "\ndate: 2026-03-04T05:06:07Z\n"
	if id != "" {
		text += "id: " + id + "\n"
	}
	if path != "" {
		text += "permalink: " + path + "\n"
	}
	return text + "---\n" + title + "에 관한 글.\n"
}

// The file that readers know under an id, or at a URL, keeps it over a lost state, whichever documents still stand; the one that was
// refused for it before is refused again, also where its name comes first.
func TestWhoWasRefusedBeforeALossIsRefusedAfterIt(t *testing.T) {
	const taken, refused = "z-public.md", "a-refused.md"
	for name, texts := range map[string][2]string{
		"both claim an IRI":            {claimant("나루터", "urn:x:1", ""), claimant("장터", "urn:x:1", "")},
		"both claim what is no IRI":    {claimant("나루터", "기사 17", ""), claimant("장터", "기사 17", "")},
		"one claims the other's URL":   {claimant("나루터", "", ""), claimant("장터", base+"/z-public/", "")},
		"both want a URL":              {claimant("나루터", "", "/together/"), claimant("장터", "", "/together/")},
		"both want a URL and an id":    {claimant("나루터", "urn:x:2", "/together/"), claimant("장터", "urn:x:2", "/together/")},
		"a URL, the refused has an id": {claimant("나루터", "", "/together/"), claimant("장터", "urn:x:3", "/together/")},
		"a URL, the public has an id":  {claimant("나루터", "urn:x:4", "/together/"), claimant("장터", "", "/together/")},
	} {
		for _, kept := range []string{"", "feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
			if kept == "sitemap.xml" && strings.Contains(texts[1], "permalink") {
				continue // of two at one URL no sitemap tells which was shown
			}
			t.Run(name+"/"+kept, func(t *testing.T) {
				n := filled(t, 3)
				n.write(taken, texts[0])
				n.pass()
				n.write(refused, texts[1])
				before, _ := n.pass()
				if len(before.Refused) != 1 || !strings.Contains(before.Refused[0].Reason, refused) {
					t.Fatalf("before the loss: refused %v, want %s", before.Refused, refused)
				}
				ids, dates := n.ids(), times(n.items())
				for _, document := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
					if kept != "" && document != kept {
						n.drop(document)
					}
				}
				n.world.heard()
				n.lose()
				for range 2 {
					scan, _ := n.pass()
					if len(scan.Refused) != 1 || !strings.Contains(scan.Refused[0].Reason, refused) {
						t.Fatalf("after the loss: refused %v, want %s", scan.Refused, refused)
					}
				}
				if got := n.ids(); !maps.Equal(got, ids) {
					t.Errorf("ids: got %v, want %v", got, ids)
				}
				if got := times(n.items()); kept != "sitemap.xml" && !maps.Equal(got, dates) {
					t.Errorf("dates: got %v, want %v", got, dates)
				}
				n.deliver()
				if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
					t.Errorf("told: got %q, %q, want nobody told", urls, topics)
				}
			})
		}
	}
}

// The same where the two are in different sources, and the one that was refused is read first. What was edited while there was
// no state is only late.
func TestARefusedFileOfAnotherSourceTakesNothing(t *testing.T) {
	for name, texts := range map[string][2]string{
		"an id":           {claimant("나루터", "urn:x:1", ""), claimant("장터", "urn:x:1", "")},
		"a URL":           {claimant("나루터", "", "/together/"), claimant("장터", "", "/together/")},
		"an id and a URL": {claimant("나루터", "urn:x:2", "/together/"), claimant("장터", "urn:x:2", "/together/")},
	} {
		for _, edited := range []bool{false, true} {
			t.Run(fmt.Sprint(name, "/edited: ", edited), func(t *testing.T) {
				n := withLocal(t)
				n.write("own.md", claimant("물레방아", "urn:own", ""))
				n.writeLocal("public.md", texts[0])
				n.passAll()
				n.write("refused.md", texts[1])
				n.passAll()
				ids, dates := n.ids(), times(n.items())
				n.lose()
				if edited {
					n.write("own.md", claimant("물레방아가 돈다", "urn:own", "/moved/"))
				}
				n.passAll()
				n.passAll()
				if edited {
					if n.ids()[base+"/moved/"] != "urn:own" {
						t.Errorf("what was edited: got %v, want urn:own there", n.ids())
					}
					return
				}
				if got := n.ids(); !maps.Equal(got, ids) {
					t.Errorf("ids: got %v, want %v", got, ids)
				}
				if got := times(n.items()); !maps.Equal(got, dates) {
					t.Errorf("dates: got %v, want %v", got, dates)
				}
			})
		}
	}
}
