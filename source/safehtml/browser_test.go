package safehtml_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source/safehtml"
	"herald/source/weburl"
)

// harness runs in each page: what a vector calls, and a look at what the browser made of the page.
const harness = `
function report(what) { navigator.sendBeacon("/report?" + encodeURIComponent(what)); }
function ran() { report("a script ran"); }
function look(root, where) {
	for (const e of root.querySelectorAll("*")) {
		if (e.namespaceURI !== "http://www.w3.org/1999/xhtml") report(where + ": " + e.localName + " is no HTML");
		if (e.matches("script,style,iframe,frame,object,embed,form,input,button,link,meta,base,template,noscript,svg,math")) report(where + ": <" + e.localName + ">");
		for (const a of e.attributes) if (/^on|^style$|^class$|:/.test(a.name) || a.name === "id" && !/^x[0-9a-f]{8}-./.test(a.value)) report(where + ": " + a.name);
		if (e.localName === "a" && e.hasAttribute("href") && !/^(https?|mailto|tel):$/.test(e.protocol)) report(where + ": link to " + e.href);
	}
}
function shape(n) {
	if (n.nodeType === 3) return n.data.replace(/\s+/g, "");
	const inside = [...n.childNodes].map(shape).join("");
	if (/^(tbody|colgroup)$/.test(n.localName) && !n.attributes.length) return inside;
	return "<" + n.localName + [...n.attributes].filter(a => a.name !== "xmlns").map(a => " " + a.name + "=" + JSON.stringify(a.value)).join("") + ">" + inside + "</>";
}
function inject(texts, xhtml) {
	const div = document.body.appendChild(document.createElement("div"));
	texts.forEach((text, i) => {
		div.innerHTML = text;
		look(div, text);
		const once = div.innerHTML, seen = shape(div);
		const xml = new DOMParser().parseFromString('<div xmlns="http://www.w3.org/1999/xhtml">' + xhtml[i] + "</div>", "application/xhtml+xml");
		if (shape(xml.documentElement) !== seen) report(text + ": XHTML reads " + shape(xml.documentElement) + ", HTML " + seen);
		div.innerHTML = once;
		if (shape(div) !== seen) report(text + ": read twice it is " + div.innerHTML);
	});
	div.remove();
}
addEventListener("load", () => setTimeout(() => {
	if (document.getElementById("sample")) look(document.getElementById("sample"), document.contentType);
	report("done " + location.pathname);
}, 300));
`

// browsed is what a browser asked for and reported.
type browsed struct {
	mu      sync.Mutex
	paths   []string
	reports []string
}

// servePages serves pages by their path to a browser.
func (b *browsed) servePages(pages map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, found := pages[r.URL.Path]
		b.mu.Lock()
		defer b.mu.Unlock()
		switch {
		case r.URL.Path == "/report":
			what, err := url.QueryUnescape(r.URL.RawQuery)
			if err != nil {
				what = r.URL.RawQuery
			}
			b.reports = append(b.reports, what)
		case !found:
			b.paths = append(b.paths, r.RequestURI)
			http.NotFound(w, r)
		case r.URL.Path == "/xhtml":
			w.Header().Set("Content-Type", "application/xhtml+xml")
			_, _ = io.WriteString(w, page)
		case r.URL.Path == "/harness.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, page)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, page)
		}
	})
}

// browser returns the path of a Chromium; without one the test is skipped, except under CI.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if tool, err := exec.LookPath(name); err == nil {
			return tool
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("chromium is not installed: no browser was asked")
	}
	t.Skip("chromium is not installed: no browser is asked")
	return ""
}

// browse opens a page without a window and waits until the pages have been looked at.
func browse(t *testing.T, tool string, b *browsed, address string, pages ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	profile, err := os.MkdirTemp("", "herald-browser-") // t.TempDir would fail on what the browser still writes at its end
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(profile) }()
	cmd := exec.CommandContext(ctx, tool, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
		"--no-first-run", "--user-data-dir="+profile, "--remote-debugging-port=0", address)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it ends its own processes
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", tool, err)
	}
	defer func() {
		cancel()
		_ = cmd.Wait()
	}()
	for ctx.Err() == nil {
		b.mu.Lock()
		missing := slices.ContainsFunc(pages, func(page string) bool { return !slices.Contains(b.reports, "done "+page) })
		b.mu.Unlock()
		if !missing {
			time.Sleep(200 * time.Millisecond) // for what comes late
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s did not open %v: got reports %q", tool, pages, b.reports)
}

// TestBrowserControl shows that the judge can condemn: raw vectors run, fetch and are seen.
func TestBrowserControl(t *testing.T) {
	tool := browser(t)
	var b browsed
	server := httptest.NewServer(b.servePages(map[string]string{
		"/harness.js": harness,
		"/control":    `<!doctype html><script src=/harness.js></script><div id=sample><img src=x onerror=ran()><link rel=stylesheet href=/bad><a href="javascript:ran()">x</a>`,
	}))
	defer server.Close()
	browse(t, tool, &b, server.URL+"/control", "/control")
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, want := range []string{"a script ran", "text/html: <link>", "text/html: onerror", "text/html: link to javascript:ran()"} {
		if !slices.Contains(b.reports, want) {
			t.Errorf("reports of raw vectors: got %q, want %q among them", b.reports, want)
		}
	}
	if !slices.Contains(b.paths, "/bad") {
		t.Errorf("requests of raw vectors: got %q, want /bad among them", b.paths)
	}
}

// TestBrowser opens what Render made of all vectors: in a page, as XHTML, and put in by a script.
func TestBrowser(t *testing.T) {
	tool := browser(t)
	var b browsed
	pages := map[string]string{"/harness.js": harness}
	server := httptest.NewServer(b.servePages(pages))
	defer server.Close()

	var texts, xhtml []string
	for _, fragment := range vectors {
		out := string(safehtml.Render(fragment, weburl.Resolver(server.URL+"/page/")))
		texts, xhtml = append(texts, out), append(xhtml, asXHTML(out))
	}
	textsJSON, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	xhtmlJSON, err := json.Marshal(xhtml)
	if err != nil {
		t.Fatal(err)
	}
	const head = `<!doctype html><meta charset=utf-8><script src=/harness.js></script>`
	b.mu.Lock()
	pages["/served"] = head + "<div id=sample>" + strings.Join(texts, "<hr>") + "</div>"
	pages["/xhtml"] = `<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="/harness.js"></script></head><body><div id="sample">` + strings.Join(xhtml, "<hr/>") + `</div></body></html>`
	pages["/injected"] = head + fmt.Sprintf("<body><script>inject(%s, %s)</script>", textsJSON, xhtmlJSON)
	pages["/all"] = `<iframe src=/served></iframe><iframe src=/xhtml></iframe><iframe src=/injected></iframe>`
	b.mu.Unlock()

	browse(t, tool, &b, server.URL+"/all", "/served", "/xhtml", "/injected")
	b.mu.Lock()
	defer b.mu.Unlock()
	allowed := append(sources(t, server.URL, texts), "/favicon.ico")
	for _, report := range b.reports {
		if !strings.HasPrefix(report, "done ") {
			t.Errorf("the browser reports %s", report)
		}
	}
	for _, path := range b.paths {
		if !slices.Contains(allowed, path) {
			t.Errorf("the browser fetched %s, want sources of images, videos and audio only", path)
		}
	}
}

// sources returns the paths at server that images, videos and audio name.
func sources(t *testing.T, server string, texts []string) (paths []string) {
	for _, text := range texts {
		nodes, err := parseIn("body", text, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, top := range nodes {
			for n := range withDescendants(top) {
				for _, a := range n.Attr {
					switch {
					case !slices.Contains([]string{"img", "source", "video", "audio"}, n.Data):
					case a.Key == "src" || a.Key == "poster":
						paths = append(paths, strings.TrimPrefix(a.Val, server))
					case a.Key == "srcset":
						for _, candidate := range strings.Split(a.Val, ", ") {
							ref, _, _ := strings.Cut(candidate, " ")
							paths = append(paths, strings.TrimPrefix(ref, server))
						}
					}
				}
			}
		}
	}
	return paths
}
