package outsidertest

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// fault is what axe finds in a page.
type fault struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

// looked is what a browser reports of a page in one theme.
type looked struct {
	Page, Theme string
	Rules       int // that axe had something to say of
	Faults      []fault
}

// look runs in each page, beside axe; the answer to its report is the page to open next.
const look = `<script src="/axe.js"></script><script>
axe.run(document).then(found => fetch("/report", {method: "POST", body: JSON.stringify({
	page: location.pathname, theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
	rules: found.passes.length, faults: found.violations})})).then(r => r.text()).then(next => { if (next) location = next; });
</script>`

// control is a page in which axe must find something.
const control = `<!DOCTYPE html><title>x</title><p style="color:#777;background:#888">x</p><img src="/x">`

// policy is what keeps scripts out of our pages; axe is one.
var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// Accessible fails t where axe finds something in HTML pages, which are named by their paths, opened in Chromium: in the dark
// theme as wide as a telephone, in the light one as wide as a desk. A tool that is missing is said, and fails t where CI is set.
func Accessible(t testing.TB, pages map[string][]byte) {
	t.Helper()
	dir := modules(t)
	if dir == "" || !installed(t, "chromium", "chromium", "--version") {
		return
	}
	axe, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	pages = maps.Clone(pages)
	pages["control"] = []byte(control)
	for theme, flags := range map[string][]string{
		"dark":  {"--blink-settings=preferredColorScheme=0", "--window-size=360,740"},
		"light": {"--blink-settings=preferredColorScheme=1", "--window-size=1280,900"},
	} {
		for _, l := range lookedAt(t, axe, pages, flags) {
			if l.Theme != theme || l.Rules == 0 {
				t.Errorf("%s: the browser shows it %s and axe has %d rules for it, want %s and some", l.Page, l.Theme, l.Rules, theme)
			}
			if l.Page == "/control" {
				if len(l.Faults) < 2 {
					t.Errorf("%s: axe finds %+v in a page with faults", theme, l.Faults)
				}
				continue
			}
			for _, f := range l.Faults {
				t.Errorf("%s, %s: %s %s: %s %+v", l.Page, theme, f.Impact, f.ID, f.Help, f.Nodes)
			}
		}
	}
}

// lookedAt opens pages one after another in a browser without a window.
func lookedAt(t testing.TB, axe []byte, pages map[string][]byte, flags []string) (all []looked) {
	t.Helper()
	reports, order := make(chan looked, len(pages)), slices.Sorted(maps.Keys(pages))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, found := pages[strings.TrimPrefix(r.URL.Path, "/")]
		switch {
		case r.URL.Path == "/report":
			var l looked
			body, _ := io.ReadAll(r.Body)
			if err := json.Unmarshal(body, &l); err != nil {
				t.Errorf("axe reports %s: %v", body, err)
			}
			if next := slices.Index(order, strings.TrimPrefix(l.Page, "/")) + 1; next < len(order) {
				_, _ = io.WriteString(w, "/"+order[next])
			}
			reports <- l
		case r.URL.Path == "/axe.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write(axe)
		case found:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(append(policy.ReplaceAll(page, nil), look...))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	defer chromium(t, ctx, append(flags, server.URL+"/"+order[0]))()
	for range pages {
		select {
		case l := <-reports:
			all = append(all, l)
		case <-ctx.Done():
			t.Errorf("chromium opened %d of %q", len(all), order)
			return all
		}
	}
	return all
}

// chromium starts a browser without a window; end ends it.
func chromium(t testing.TB, ctx context.Context, args []string) (end func()) {
	t.Helper()
	profile, err := os.MkdirTemp("", "herald-browser-") // t.TempDir would fail on what the browser still writes at its end
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, "chromium", append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--disable-background-networking", "--no-first-run", "--user-data-dir=" + profile, "--remote-debugging-port=0"}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it ends its own processes
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		cancel()
		_ = cmd.Wait()
		_ = os.RemoveAll(profile)
	}
}
