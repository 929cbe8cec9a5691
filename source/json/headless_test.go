package json_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	cms "herald/source/json"
	"herald/source/reader"
)

// headless returns a source of what a system without a preset answered, page by page: see testdata/strapi and testdata/directus.
func headless(t *testing.T, page string, fields map[string][]string, files ...string) (*system, *cms.Source) {
	y := newSystem(t)
	y.before = func(_ int, w http.ResponseWriter, q *http.Request) bool {
		n := int(cmp.Or(q.URL.Query().Get(page), "1")[0] - '1')
		body, err := os.ReadFile("testdata/" + files[min(n, len(files)-1)] + ".json")
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(body)
		return true
	}
	return y, y.open(t, "", func(c *cms.Config) {
		c.Items, c.Next, c.Page = "data", "", page
		c.Reading = reader.Reading{Pattern: "/:path/", Fields: fields}
	})
}

// all writes the articles of a source as a golden file has them.
func all(t *testing.T, s *cms.Source) string {
	var b strings.Builder
	for _, key := range keysOf(t, s) {
		a, err := s.Load(t.Context(), key)
		fmt.Fprintf(&b, "%s\n%s", key, told(a, err))
		if err == nil && a.Language != "" {
			fmt.Fprintf(&b, "  language: %s\n", a.Language)
		}
		for i := 0; err == nil && i < len(a.Warnings); i++ {
			fmt.Fprintf(&b, "  warning: %s\n", a.Warnings[i].Message)
		}
	}
	for _, note := range s.Notes() {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	return b.String()
}

const strapiPage = "pagination[page]"

func pages(of string) (files []string) {
	for n := range 4 {
		files = append(files, fmt.Sprintf("%s-%d", of, n+1))
	}
	return files
}

// Without a key of the config but where the list is and what counts its pages.
func TestStrapiAsItAnswers(t *testing.T) {
	_, s := headless(t, strapiPage, nil, pages("strapi/page")...)
	golden(t, "strapi/articles.txt", all(t, s))
	_, s = headless(t, strapiPage, nil, pages("strapi/v4")...)
	golden(t, "strapi/articles-v4.txt", all(t, s))
}

func TestDirectusAsItAnswers(t *testing.T) {
	_, s := headless(t, "page", map[string][]string{"date": {"publish_on"}, "author": {"user_created"}, "categories": {"topics.categories_id.name"}}, pages("directus/page")...)
	golden(t, "directus/articles.txt", all(t, s))
	_, s = headless(t, "page", nil, "directus/forbidden")
	if _, err := listed(t, s); err == nil || !strings.Contains(err.Error(), "You don't have permission to access collection") {
		t.Errorf("got %v, want what Directus says", err)
	}
}

// Where the config leads into attributes, it still arrives.
func TestPathsIntoAttributes(t *testing.T) {
	_, s := headless(t, strapiPage, map[string][]string{"title": {"attributes.summary"}, "author": {"attributes.author.data.attributes.email"}}, pages("strapi/v4")...)
	keysOf(t, s)
	if a, err := s.Load(t.Context(), "1"); err != nil || a.Title != "짧은 글" || len(a.Authors) != 1 || a.Authors[0].Name != "garam@news.example.org" {
		t.Errorf("got %+v, %v, want what the paths name", a, err)
	}
}

// Strapi 5 gives an article another id whenever it is published. What readers know stays.
func TestAnEditInStrapiKeepsItsID(t *testing.T) {
	_, before := headless(t, strapiPage, nil, pages("strapi/page")...)
	_, after := headless(t, strapiPage, nil, pages("strapi/edited")...)
	was, is := keysOf(t, before), keysOf(t, after)
	if !slices.Equal(was, is) {
		t.Fatalf("got %q after an edit, want the keys before it, %q", is, was)
	}
	changed := 0
	for _, key := range is {
		a, err := after.Load(t.Context(), key)
		if err != nil || a.ID != key {
			t.Fatalf("%s: got %+v, %v, want its key as its id", key, a, err)
		}
		if b, _ := before.Load(t.Context(), key); b.ContentDigest != a.ContentDigest {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("got %d changed articles, want the edited one", changed)
	}
	_, s := headless(t, strapiPage, map[string][]string{"id": {"id"}}, pages("strapi/edited")...)
	if got := keysOf(t, s); !slices.Contains(got, "27") {
		t.Errorf("got %q, want the ids that the config names", got)
	}
}

// The languages of an article are articles: one id for both would make them one.
func TestLanguagesInStrapi(t *testing.T) {
	_, s := headless(t, "p", nil, "strapi/ko", "strapi/page-4")
	if got := keysOf(t, s); fmt.Sprint(got) != "[x1epauvmt51zklso5q22zws7-ko]" {
		t.Errorf("got %q, want the Korean one beside x1epauvmt51zklso5q22zws7-en", got)
	}
}

// Drafts that the address asks for stay drafts.
func TestDraftsInStrapi(t *testing.T) {
	_, s := headless(t, "p", nil, "strapi/drafts", "strapi/page-4")
	for _, key := range keysOf(t, s) {
		if a, err := s.Load(t.Context(), key); err != nil || !a.Draft {
			t.Errorf("%s: got %+v, %v, want a draft", key, a, err)
		}
	}
}

// What states say in ways of their own.
func TestStatesOfOtherSystems(t *testing.T) {
	for item, want := range map[string]string{
		`"status":"archived"`:                    "draft",
		`"status":"published"`:                   "",
		`"status":false`:                         "draft",
		`"status":true`:                          "",
		`"status":200`:                           "",
		`"status":"archived","draft":false`:      "",
		`"status":"in review"`:                   `the status "in review" is none that is known`,
		`"status":"in review","draft":true`:      "draft",
		`"_status":"draft"`:                      "draft",
		`"status":"published","_status":"draft"`: "draft",
		`"publishedAt":null`:                     "",
		`"publishedAt":null,"documentId":"a"`:    "draft",
	} {
		s := one(t, `[{"id":1,"title":"글",`+item+`}]`, nil)
		a, err := s.Load(t.Context(), keysOf(t, s)[0])
		if err != nil {
			t.Errorf("%s: %v", item, err)
			continue
		}
		got := ""
		if a.Draft {
			got = "draft"
		}
		for _, w := range a.Warnings {
			got += w.Message
		}
		if got != want && (want == "" || !strings.HasPrefix(got, want)) {
			t.Errorf("%s: got %q, want %q", item, got, want)
		}
	}
}

// A system that counts more articles than its pages hold is believed: nothing is taken as removed.
func TestPagesThatHoldLessThanTheyCount(t *testing.T) {
	y, s := headless(t, strapiPage, nil, pages("strapi/page")...)
	was, whole := keysOf(t, s), y.before
	for name, broken := range map[string]string{
		"an empty page": `{"data":[],"meta":{"pagination":{"page":2,"pageSize":2,"pageCount":0,"total":0}}}`,
		"a short one":   `{"data":[],"meta":{"pagination":{"page":2,"pageSize":2,"pageCount":3,"total":5}}}`,
	} {
		y.before = func(n int, w http.ResponseWriter, q *http.Request) bool {
			if q.URL.Query().Get(strapiPage) == "2" {
				fmt.Fprint(w, broken)
				return true
			}
			return whole(n, w, q)
		}
		got := keysOf(t, s)
		for _, key := range was {
			if !slices.Contains(got, key) && !s.Stays(key) {
				t.Errorf("%s: got %s removed, want it to stay", name, key)
			}
		}
		if notes := strings.Join(s.Notes(), ""); !strings.Contains(notes, "the pages hold 2 of the 5 articles that they count") {
			t.Errorf("%s: got notes %q, want them to say what is missing", name, notes)
		}
	}
	y.before = whole
	if keysOf(t, s); len(s.Notes()) > 0 || s.Stays("another") {
		t.Errorf("got notes %q, want a whole listing", s.Notes())
	}
}

// Who lists the first page of several is told.
func TestTheOnlyPageOfSeveralIsNamed(t *testing.T) {
	for name, answer := range map[string]string{
		"Strapi":   `{"data":[{"id":1,"title":"글"}],"meta":{"pagination":{"page":1,"pageSize":1,"pageCount":3,"total":3}}}`,
		"Directus": `{"meta":{"filter_count":3},"data":[{"id":1,"title":"글"}]}`,
		"Payload":  `{"data":[{"id":1,"title":"글"}],"totalDocs":3,"hasNextPage":true}`,
	} {
		s := one(t, answer, func(c *cms.Config) { c.Items = "data" })
		if keysOf(t, s); !strings.HasPrefix(strings.Join(s.Notes(), ""), "the answer holds 1 of the 3 articles that it counts: say in next") {
			t.Errorf("%s: got notes %q, want the missing ones named", name, s.Notes())
		}
	}
	s := one(t, `{"data":[{"id":1,"title":"글"}],"meta":"none","totalDocs":1}`, func(c *cms.Config) { c.Items = "data" })
	if keysOf(t, s); len(s.Notes()) > 0 {
		t.Errorf("got notes %q of a whole list, want none", s.Notes())
	}
}

func TestMediaIsAnAddress(t *testing.T) {
	for media, right := range map[string]bool{"": true, "https://cms.example.com/assets": true, "/assets": false, "cms.example.com": false, "https://": false} {
		if _, err := cms.New(cms.Config{URL: "https://cms.example.com/", Reading: reader.Reading{Media: media}}); (err == nil) != right || err != nil && !strings.HasPrefix(err.Error(), "media: ") {
			t.Errorf("%q: got %v, want it taken: %t", media, err, right)
		}
	}
}
