package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/config"
	"herald/source"
	"herald/source/freeport"
)

const onePage = "<!doctype html><title>하나</title><p>글"

// town is a source of the sitemap of a server, and what was applied of it.
type town struct {
	t       *testing.T
	url     string
	now     time.Time
	source  source.Source
	applied map[string]string
}

// openTown opens a source of url/sitemap.xml.
func openTown(t *testing.T, url string, s config.Source) *town {
	t.Helper()
	w := &town{t: t, url: url, now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), applied: map[string]string{}}
	s.URL, s.Values = url+"/sitemap.xml", map[string]string{"spacing": "0s"}
	src, err := openSitemap(&config.Config{Site: config.Site{URL: "https://news.example.org", Title: "소식", Timezone: time.UTC}}, s, func() time.Time { return w.now })
	if err != nil {
		t.Fatal(err)
	}
	w.source = src
	return w
}

// scan returns what became of a page, in words: its title, why it is none, or what the source notes.
func (w *town) scan(path string) string {
	w.t.Helper()
	w.source.(source.Fetching).Fetch(w.t.Context(), func(yield func(key, fingerprint string) bool) {
		for key, fingerprint := range w.applied { // one at most
			yield(key, fingerprint)
		}
	})
	for e, err := range w.source.List(w.t.Context()) {
		if err != nil {
			return err.Error()
		}
		if e.Key != w.url+path {
			continue
		}
		if w.applied[e.Key] == e.Fingerprint {
			return "as it was"
		}
		w.applied = map[string]string{e.Key: e.Fingerprint}
		a, err := w.source.Load(w.t.Context(), e.Key)
		if err != nil {
			return err.Error()
		}
		return a.Title
	}
	return strings.Join(w.source.(source.Noted).Notes(), "\n")
}

// Whatever a server does with a page, it costs no more than its bounds, and what is unknown is not taken for anything.
func TestFaultsOfPages(t *testing.T) {
	zeros := func(write func([]byte) (int, error)) {
		for page := make([]byte, 1<<20); ; {
			if _, err := write(page); err != nil {
				return
			}
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"page":      {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, onePage) }, "하나"},
		"hang":      {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "1 page could not be read"},
		"slow drip": {func(w http.ResponseWriter, r *http.Request) { drip(w, r.Context().Done()) }, "1 page could not be read"},
		"reset":     {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "1 page could not be read"},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			fmt.Fprint(w, onePage)
		}, "broke off before its end"},
		"endless": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, onePage); zeros(w.Write) }, "the page is longer than 8 MiB"},
		"bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/html")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, onePage)
			zeros(z.Write)
		}, "the page is longer than 8 MiB"},
		"loop": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "it redirects to"},
		"inside": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		},
			"not an article: it redirects to http://169.254.169.254/"},
		"zstd": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "zstd")
			fmt.Fprint(w, "?")
		}, `in the encoding "zstd"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var server *httptest.Server
			server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/sitemap.xml":
					fmt.Fprintf(w, "<urlset><url><loc>%s/page</loc></url></urlset>", server.URL)
				case "/page":
					test.answer(w, r)
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
			timeout := time.Minute
			if name == "hang" || name == "slow drip" {
				timeout = time.Second
			}
			if got := openTown(t, server.URL, config.Source{Private: true, Timeout: timeout}).scan("/page"); !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// X2: Neither a sitemap nor what it leads to is asked inside the network without allow_private.
func TestX2SitemapsOutside(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("got a request, want none") }))
	defer server.Close()
	if got := openTown(t, server.URL, config.Source{}).scan("/page"); !strings.Contains(got, "prohibited IP address") || !strings.Contains(got, "allow_private: true") {
		t.Errorf("got %q, want it refused, and the key that allows it", got)
	}
}

// nginx serves sitemaps and pages as it does for most of the web: with weak ETags once it compresses, conditional answers, and headers of its own.
func TestSitemapsServedByNginx(t *testing.T) {
	program, err := exec.LookPath("nginx")
	if errors.Is(err, exec.ErrNotFound) {
		program, err = exec.LookPath("/usr/sbin/nginx")
	}
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no nginx here")
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	url := startNginx(t, program, dir)
	body := strings.Repeat("<p>긴 글이다.</p>\n", 200)
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, "www", name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		old := time.Date(2026, 1, 1, 0, 0, len(text)%60, 0, time.UTC)
		if err := os.Chtimes(file, old, old); err != nil {
			t.Fatal(err)
		}
	}
	write("sitemap.xml", "<sitemapindex><sitemap><loc>"+url+"/pages.xml.gz</loc></sitemap></sitemapindex>")
	write("pages.xml.gz", string(zipped("<urlset><url><loc>"+url+"/page.html</loc></url><url><loc>"+url+"/old</loc></url><url><loc>"+url+"/hidden.html</loc></url></urlset>")))
	write("robots.txt", "User-agent: *\nDisallow: /private/\n")
	write("page.html", "<!doctype html><meta charset=utf-8><title>하나</title>"+body)
	write("hidden.html", "<!doctype html><meta charset=utf-8><title>숨김</title>"+body)
	w := openTown(t, url, config.Source{Private: true, Timeout: time.Minute})
	if got := w.scan("/page.html"); got != "하나" {
		t.Fatalf("got %q, want the page", got)
	}
	w.now = w.now.Add(25 * time.Hour)
	if got := w.scan("/page.html"); got != "as it was" {
		t.Errorf("a day later: got %q, want it as it was", got)
	}
	write("page.html", "<!doctype html><meta charset=utf-8><title>둘</title>"+body)
	w.now = w.now.Add(25 * time.Hour)
	if got := w.scan("/page.html"); got != "둘" {
		t.Errorf("changed: got %q, want it read anew", got)
	}
	log, err := os.ReadFile(filepath.Join(dir, "access.log"))
	if err != nil || !strings.Contains(string(log), "GET /page.html 304 gzip") {
		t.Errorf("got %v, and the log\n%s\nwant a page answered with 304, and compression accepted", err, log)
	}
	for path, want := range map[string]string{"/old": "it redirects to " + url + "/page.html", "/hidden.html": "X-Robots-Tag: noindex"} {
		if got := openTown(t, url, config.Source{Private: true, Timeout: time.Minute}).scan(path); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// startNginx serves dir/www until the test ends.
func startNginx(t *testing.T, program, dir string) (url string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "www"), 0o755); err != nil {
		t.Fatal(err)
	}
	address, err := freeport.Address()
	if err != nil {
		t.Fatal(err)
	}
	conf := strings.NewReplacer("DIR", dir, "ADDRESS", address).Replace(`daemon off; master_process off; pid DIR/pid; error_log DIR/error.log;
events {}
http {
  log_format plain '$request_method $uri $status $http_accept_encoding'; access_log DIR/access.log plain;
  types { text/html html; application/xml xml; text/plain txt; } default_type application/octet-stream;
  gzip on; gzip_types application/xml; gzip_min_length 100;
  client_body_temp_path DIR/t1; proxy_temp_path DIR/t2; fastcgi_temp_path DIR/t3; uwsgi_temp_path DIR/t4; scgi_temp_path DIR/t5;
  server {
    listen ADDRESS; root DIR/www;
    location = /old { return 301 /page.html; }
    location = /hidden.html { add_header X-Robots-Tag "noindex"; }
  }
}`)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "-p", dir, "-c", file, "-e", filepath.Join(dir, "error.log"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); cmd.Wait() })
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
			t.Fatalf("nginx does not answer: %s", log)
		}
	}
}
