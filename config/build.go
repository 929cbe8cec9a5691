package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"herald/source/text"
)

// builder makes a Config of checked values and judges what values mean together.
type builder struct {
	faults *faults
	file   string // absolute, as dir is
	dir    string
	site   Site
	to     Path
	main   *value              // what feeds says of main
	kinds  map[string][]string // Options.SourceKinds
}

func (b *builder) config(v *value) *Config {
	b.siteOf(v.get("site"))
	c := &Config{Site: b.site}
	b.to = b.path(v.get("publish").get("to"))
	c.Publish.To = b.to
	c.State = b.state(v.get("state"))
	c.Schedule = b.schedule(v.get("schedule"))
	c.Sources = b.sources(v.get("sources"), c.Schedule)
	c.Feeds = b.feeds(v.get("feeds"))
	c.Sitemap = b.sitemap(v.get("sitemap"))
	c.Robots = Robots{Off: !v.get("robots").mapped() && !v.get("robots").bool(), Extra: v.get("robots").get("extra").text}
	c.Serve.Listen = b.listen(v.get("serve"))
	c.Notify = b.notify(v.get("notify"))
	c.Guard = guard(v.get("guard"))
	c.Aliases = b.documents(v, c)
	return c
}

// required gives v's text and notes where there is none.
func (b *builder) required(v *value) string {
	if !v.given {
		b.faults.of(v, "is required")
	}
	return v.text
}

func (b *builder) siteOf(v *value) {
	s := &b.site
	s.Title = b.required(v.get("title"))
	s.Description = or(v.get("description").text, s.Title)
	s.Language = b.language(v.get("language"))
	s.Timezone, s.TimezoneSet = b.zone(v.get("timezone")), v.get("timezone").given
	s.Author = b.author(v.get("author"))
	s.Author.Name = or(s.Author.Name, s.Title)
	s.Copyright = v.get("copyright").text
	s.AllowPrivate = v.get("allow_private").bool()
	s.URL = b.siteURL(v.get("url"))
	if image := v.get("image"); image.given {
		s.Image = image.text
		if _, err := webURL(image.text); err != nil && (!strings.HasPrefix(image.text, "/") || strings.HasPrefix(image.text, "//")) {
			b.faults.of(image, "must be a path that begins with / or an absolute http or https URL")
		}
	}
}

func (b *builder) siteURL(v *value) string {
	if b.required(v); !v.given || v.bad {
		return ""
	}
	u, err := webURL(v.text)
	if err != nil {
		b.faults.of(v, "%v", err)
		return ""
	}
	host := u.Hostname()
	switch {
	case u.RawQuery != "" || u.ForceQuery:
		b.faults.of(v, "must not hold a query (?…)")
	case host == "change-me.invalid":
		b.faults.of(v, "is still the placeholder %s; change it to the address where readers find the site", u.Scheme+"://"+host)
	case private(host) && !b.site.AllowPrivate:
		b.faults.of(v, "its host %q is loopback, private or no public name, so no reader could follow a link; if that is meant, set site.allow_private: true", host)
	}
	// In NFC and encoded once: one URL, one string.
	u.Path, u.RawPath = text.NFC(strings.TrimRight(u.Path, "/")), ""
	if err := cleanPath(u.Path); err != nil {
		b.faults.of(v, "its path %v", err)
	}
	return u.String()
}

func (b *builder) zone(v *value) *time.Location {
	zone, err := loadZone(v.text)
	if err != nil {
		b.faults.of(v, "%v", err)
		return time.UTC
	}
	return zone
}

func (b *builder) language(v *value) string {
	if !v.given || v.bad {
		return ""
	}
	tag, ok := text.LanguageTag(v.text)
	if !ok {
		b.faults.of(v, "%q is no BCP 47 language; write one such as ko-KR or en", v.raw)
	}
	return tag
}

func (b *builder) author(v *value) Author {
	a := Author{Name: v.get("name").text, Email: v.get("email").text}
	if email := v.get("email"); email.given && !text.IsEmail(email.text) {
		b.faults.of(email, "is no e-mail address, such as desk@news.example.org")
	}
	if u := v.get("url"); u.given {
		a.URL = b.url(u)
	}
	return a
}

// url reads an absolute URL in one spelling.
func (b *builder) url(v *value) string {
	if v.bad {
		return ""
	}
	u, err := webURL(v.text)
	if err != nil {
		b.faults.of(v, "%v", err)
		return ""
	}
	return u.String()
}

// path resolves a file or folder against the config's folder.
func (b *builder) path(v *value) Path {
	switch {
	case v.bad || v.text == "":
		return Path{}
	case strings.Contains(v.text, "://"):
		b.faults.of(v, "%s://… is not in this version; only files and folders are", strings.SplitN(v.text, "://", 2)[0])
	case strings.HasPrefix(v.text, "~"):
		b.faults.of(v, "begins with ~, which only a shell replaces; write the whole path or ${HOME}")
	}
	abs := filepath.Clean(v.text)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(b.dir, abs)
	}
	return Path{Written: v.text, Abs: abs}
}

func (b *builder) state(v *value) Path {
	p := b.path(v)
	switch {
	case v.bad || p.Abs == "" || b.to.Abs == "":
	case strings.HasSuffix(v.text, "/") || p.Abs == b.dir:
		b.faults.of(v, "must be a file, not a folder")
	case p.Abs == b.file:
		b.faults.of(v, "is the config itself")
	case inside(b.to.Abs, p.Abs):
		b.faults.of(v, "lies inside publish.to, where everyone could read it")
	}
	return p
}

func (b *builder) schedule(v *value) Schedule {
	if v.bad {
		return Schedule{}
	}
	s, err := ParseSchedule(v.text, b.site.Timezone)
	if err != nil {
		b.faults.of(v, "%v", err)
	}
	return s
}

func (b *builder) listen(v *value) string {
	listen := v.get("listen")
	if v.given && !listen.given {
		b.required(listen)
	}
	if !listen.given || listen.bad {
		return ""
	}
	if err := listenAddress(listen.text); err != nil {
		b.faults.of(listen, "%v", err)
	}
	return listen.text
}

func guard(v *value) Guard {
	return Guard{
		Off:     !v.mapped() && !v.bool(),
		Removed: v.get("removed").limit(), Changed: v.get("changed").limit(), Added: v.get("added").limit(),
	}
}

// inside reports whether path is folder or lies below it.
func inside(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// within notes a number outside low to high.
func (b *builder) within(v *value, low, high int64, n int64, words string) {
	if n < low || n > high {
		b.faults.of(v, "must be %s%s", words, fmt.Sprintf(", not %s", or(v.raw, v.text)))
	}
}
