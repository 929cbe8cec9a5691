package json_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"herald/source"
	cms "herald/source/json"
	"herald/source/reader"
	"herald/source/remote"
)

var update = flag.Bool("update", false, "write the golden files anew")

// open returns a source of an address below the site's, as a process of its own that knows what an earlier one remembered.
func (w *site) open(t *testing.T, path, memory string) *cms.Source {
	t.Helper()
	s, err := cms.New(cms.Config{URL: w.base + path, Preset: cms.WordPress, Fetch: w.fetch})
	if err != nil {
		t.Fatal(err)
	}
	s.Recall(memory, false)
	return s
}

func (w *site) fetch(ctx context.Context, q remote.Request) (*remote.Answer, error) {
	return (&system{}).fetch(ctx, q)
}

// as returns the site's address for the user desk.
func (w *site) as(t *testing.T, user string) *site {
	t.Helper()
	u, err := url.Parse(w.base)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(user, w.password)
	known := *w
	known.base = u.String()
	return &known
}

// write sends a change of a post to the REST interface, as an editor does.
func (w *site) write(t *testing.T, id int, change string) {
	t.Helper()
	answer, err := http.Post(fmt.Sprintf("%s/wp-json/wp/v2/posts/%d", w.as(t, "desk").base, id), "application/json", strings.NewReader(change))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if said, err := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		t.Fatalf("write %d: %s %s %v", id, answer.Status, said, err)
	}
}

// key returns what a post of the seed is known by.
func (w *site) key(name string) string { return strconv.Itoa(w.ids[name]) }

// told writes an article as a golden file has it; without its body, of which WordPress's versions make different markup.
func told(a *source.Article, err error) string {
	var skipped *reader.SkipError
	if errors.As(err, &skipped) {
		return "  no article: " + skipped.Why + "\n"
	}
	if err != nil {
		return "  " + err.Error() + "\n"
	}
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %s: %s\n", name, text)
		}
	}
	line("title", a.Title)
	line("id", a.ID)
	line("url", a.URL)
	line("published", a.Published.UTC().Format(time.RFC3339))
	line("updated", a.Updated.UTC().Format(time.RFC3339))
	for _, author := range a.Authors {
		line("author", author.Name+" "+author.URL)
	}
	line("categories", strings.Join(a.Categories, " | "))
	line("tags", strings.Join(a.Tags, " | "))
	line("image", a.Image)
	line("canonical", a.Canonical)
	line("summary", a.Summary)
	if a.Draft {
		line("draft", "true")
	}
	return b.String()
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile("testdata/"+name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/" + name)
	if err != nil || got != string(want) {
		t.Errorf("%s: got\n%s\nwant %v\n%s", name, got, err, want)
	}
}

// WordPress itself, as its package installs it, is read to the last page and told apart; what is changed, published, taken back and removed in it is
// seen, by later processes, too.
func TestWordPressItself(t *testing.T) {
	w := newSite(t)
	first := w.open(t, "/wp-json/wp/v2/posts", "")
	w.isReadWhole(t, first)
	w.knowsItsStates(t)
	w.countsInVain(t)
	memory := w.tellsWhatChanges(t, first.Memory())
	w.namesWhatIsGone(t, memory)
	w.refuses(t)
	w.hasPlainPermalinks(t)
}

// seeded are the posts of the seed that have something of their own, in the order of their ids.
func (w *site) seeded() []string {
	names := []string{}
	for name := range w.ids {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return w.ids[a] - w.ids[b] })
	return names
}

// posts is how many posts of the seed anybody may see, the protected one among them.
const posts = 118

// isReadWhole reads all that anybody may see: two pages.
func (w *site) isReadWhole(t *testing.T, s *cms.Source) {
	keys := keysOf(t, s)
	if len(keys) != posts {
		t.Errorf("got %d posts, want %d", len(keys), posts)
	}
	var all strings.Builder
	for _, name := range w.seeded() {
		if slices.Contains(keys, w.key(name)) {
			fmt.Fprintf(&all, "%s\n%s", name, told(s.Load(t.Context(), w.key(name))))
		}
	}
	golden(t, "wordpress/public.txt", all.String())
	a, err := s.Load(t.Context(), w.key("blocks"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"그림 설명", "영상 설명", "뒷글", "https://video.example.com/2", "옛 설명"} {
		if !strings.Contains(a.Body.Text, part) {
			t.Errorf("got %q, want %q in it", a.Body.Text, part)
		}
	}
}

// knowsItsStates reads what a member of the desk may see.
func (w *site) knowsItsStates(t *testing.T) {
	s := w.as(t, "desk").open(t, "/wp-json/wp/v2/posts?context=edit&status=any", "")
	keys := keysOf(t, s)
	var all strings.Builder
	for _, name := range []string{"password", "draft", "private", "future", "trash", "excerpt", "cut"} {
		if !slices.Contains(keys, w.key(name)) {
			fmt.Fprintf(&all, "%s\n  not listed\n", name)
			continue
		}
		fmt.Fprintf(&all, "%s\n%s", name, told(s.Load(t.Context(), w.key(name))))
	}
	golden(t, "wordpress/desk.txt", all.String())
}

// countsInVain reads through a proxy that keeps WordPress's counts: the page behind the last ends the list.
func (w *site) countsInVain(t *testing.T) {
	u, err := url.Parse(w.base)
	if err != nil {
		t.Fatal(err)
	}
	y := newSystem(t)
	y.server.Config.Handler = uncounted(httputil.NewSingleHostReverseProxy(u))
	if got := keysOf(t, y.open(t, cms.WordPress, nil)); len(got) != posts {
		t.Errorf("got %d posts where nobody counts them, want %d", len(got), posts)
	}
}

// tellsWhatChanges asks for what has changed, as a later process each time, and returns what the last remembered.
func (w *site) tellsWhatChanges(t *testing.T, memory string) string {
	for _, step := range []struct {
		name, want string
		change     func()
	}{
		{"nothing but what is as old as the last change", "[password]", func() {}},
		{"an edit", "[words password]", func() { w.write(t, w.ids["words"], `{"title":"고친 제목"}`) }},
		{"a scheduled post that becomes public, last touched long ago", "[words future]", func() {
			w.do(`global $wpdb; $id = %d; $now = time();
				$wpdb->update($wpdb->posts, ['post_date_gmt' => gmdate('Y-m-d H:i:s', $now), 'post_date' => gmdate('Y-m-d H:i:s', $now + 9 * 3600),
					'post_modified' => '2024-02-01 09:00:00', 'post_modified_gmt' => '2024-02-01 00:00:00'], ['ID' => $id]);
				clean_post_cache($id); wp_publish_post($id);`, w.ids["future"])
		}},
		{"a draft that is published", "[words draft future]", func() { w.write(t, w.ids["draft"], `{"status":"publish"}`) }},
		{"a post that is taken back and published again", "[words excerpt draft future]", func() {
			w.write(t, w.ids["excerpt"], `{"status":"draft"}`)
			w.write(t, w.ids["excerpt"], `{"status":"publish"}`)
		}},
		{"a post that a password protects", "[words tags excerpt draft future]", func() { w.write(t, w.ids["tags"], `{"password":"x"}`) }},
	} {
		step.change()
		s := w.open(t, "/wp-json/wp/v2/posts", memory)
		keys := keysOf(t, s)
		var names []string
		for _, name := range w.seeded() {
			if slices.Contains(keys, w.key(name)) {
				names = append(names, name)
			}
		}
		if got := fmt.Sprint(names); got != step.want || len(keys) != len(names) {
			t.Errorf("%s: got %s of %d, want %s alone", step.name, got, len(keys), step.want)
		}
		memory = s.Memory()
	}
	return memory
}

// namesWhatIsGone removes posts, of which only the webhooks tell before the next full listing.
func (w *site) namesWhatIsGone(t *testing.T, memory string) {
	for _, name := range []string{"words", "blocks", "cut", "untitled"} {
		w.quiet()
		switch name {
		case "words":
			w.do(`wp_trash_post(%d);`, w.ids[name])
		case "blocks":
			w.write(t, w.ids[name], `{"status":"draft"}`)
		case "cut":
			w.write(t, w.ids[name], `{"status":"private"}`)
		case "untitled":
			w.write(t, w.ids[name], `{"title":"제목"}`)
		}
		s := w.open(t, "/wp-json/wp/v2/posts", memory)
		s.Hear(w.hook())
		keys := keysOf(t, s)
		stays := slices.Contains(keys, w.key(name)) || s.Stays(w.key(name))
		if want := name == "untitled"; stays != want {
			t.Errorf("%s: got %q, there %t, want %t", name, keys, stays, want)
		}
		memory = s.Memory()
	}
}

// refuses asks for what WordPress grants nobody.
func (w *site) refuses(t *testing.T) {
	for path, want := range map[string]string{
		"/wp-json/wp/v2/posts?status=any":   "answered 400 Bad Request: Invalid parameter(s): status",
		"/wp-json/wp/v2/posts?context=edit": "answered 401 Unauthorized: Sorry, you are not allowed to edit posts",
		"/wp-json/wp/v2/nothing":            "answered 404 Not Found: No route was found",
	} {
		if _, err := listed(t, w.open(t, path, "")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}

// hasPlainPermalinks reads the site again after its permalinks became plain.
func (w *site) hasPlainPermalinks(t *testing.T) {
	w.file("plain.php")
	if _, err := listed(t, w.open(t, "/wp-json/wp/v2/posts", "")); err == nil || !strings.HasSuffix(err.Error(), w.base+"/?rest_route=/wp/v2/posts") {
		t.Errorf("got %v, want the other address named", err)
	}
	s := w.open(t, "/?rest_route=/wp/v2/posts", "")
	a, err := s.Load(t.Context(), keysOf(t, s)[0])
	if err != nil || !strings.Contains(a.URL, "https://wp.example.org/?p=") || a.Place != w.base+"/?rest_route=/wp/v2/posts/"+a.Key {
		t.Errorf("got %+v, %v, want an address with a number", a, err)
	}
}
