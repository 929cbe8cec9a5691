package engine_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// sameAsForced compares what stands with what build --force makes in an empty folder from a copy
// of the state.
func (c *crashes) sameAsForced() {
	c.Helper()
	c.config("clean.yaml", "clean", "clean.db")
	for _, end := range []string{"", "-wal"} {
		text, err := os.ReadFile(filepath.Join(c.dir, "herald.db"+end))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, os.WriteFile(filepath.Join(c.dir, "clean.db"+end), text, 0o644)); err != nil {
			c.Fatal(err)
		}
	}
	cmd, said := c.command("build", "--force", "-c", "clean.yaml")
	if err := cmd.Run(); err != nil {
		c.Fatalf("build --force: %v\n%s", err, said)
	}
	have, want := c.folder("public"), c.folder("clean")
	for name := range want {
		if have[name] != want[name] {
			c.Errorf("%s differs from a clean build", name)
		}
		delete(have, name)
	}
	for name := range have {
		if !strings.Contains(name, "-archive-") { // one that was replaced stands on for a while
			c.Errorf("%s stands, but is in no clean build", name)
		}
	}
}

func (c *crashes) folder(name string) map[string]string {
	c.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(filepath.Join(c.dir, name))
	if err != nil {
		c.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".herald-") {
			continue
		}
		body, err := os.ReadFile(filepath.Join(c.dir, name, e.Name()))
		if err != nil {
			c.Fatal(err)
		}
		out[e.Name()] = string(body)
	}
	return out
}

// at returns the URL of an article.
func (c *crashes) at(name string) string { return c.base + "/" + url.PathEscape(name) + "/" }

// asWritten checks that what stands is what the desk has written. Nobody writes meanwhile.
func (c *crashes) asWritten() {
	c.Helper()
	stands := map[string]string{}
	for url, version := range versions(c.base, filepath.Join(c.dir, "public")) {
		if strings.HasSuffix(url, "/") {
			stands[url] = version
		}
	}
	want := map[string]string{}
	for name, a := range c.desk.papers {
		want[c.at(name)] = a.word()
	}
	for url, version := range want {
		if got, shown := stands[url]; got != version || !shown {
			c.Errorf("%s stands as %q, want %q", url, got, version)
		}
		delete(stands, url)
	}
	if len(stands) > 0 {
		c.Errorf("there stand %q, which nobody has written", stands)
	}
}

// everythingTold checks that the last the world heard of each URL is what stands.
func (c *crashes) everythingTold() {
	c.Helper()
	for _, fault := range c.untold() {
		c.Error(fault)
	}
}

// untold says of what the world heard something else last than what stands.
func (c *crashes) untold() (faults []string) {
	stands := versions(c.base, filepath.Join(c.dir, "public"))
	for name := range c.desk.before {
		delete(stands, c.at(name)) // as the first scan found it
	}
	if len(stands) == 0 {
		faults = append(faults, "nothing stands")
	}
	last := c.world.lastTold()
	for subject, version := range stands {
		told, known := last[subject]
		if told != version && told != unread && (known || c.first[subject] != version) {
			faults = append(faults, fmt.Sprintf("%s stands as %q, and was last told as %q", subject, version, told))
		}
		delete(last, subject)
	}
	for url, version := range last {
		if version != "" {
			faults = append(faults, fmt.Sprintf("%s is gone, and was last told as %q", url, version))
		}
	}
	return faults
}

// nothingToldTwice checks that what was told again was, the time before, the last word of a process
// that was killed: its answer came, and was not written down.
func (c *crashes) nothingToldTwice() {
	c.Helper()
	for _, again := range c.world.toldAgain() {
		c.Errorf("told twice, and not by a crash: %s", again)
	}
}
