package config

import (
	"cmp"
	"strings"
	"time"

	"herald/config/address"
	"herald/config/schedule"
	"herald/source/text"
)

// maxRobots is what crawlers read of a robots.txt, in bytes.
const maxRobots = 500 << 10

func (b *builder) config(v *value) *Config {
	b.siteOf(v.get("site"))
	c := &Config{Site: b.site, Documents: map[string]string{}}
	b.to = b.path(v.get("publish").get("to"))
	c.Publish.To = b.to
	c.State = b.state(v.get("state"))
	c.Schedule = b.schedule(v.get("schedule"))
	c.Sources = b.sources(v.get("sources"), c.Schedule)
	c.Feeds = b.feeds(v.get("feeds"), c.Sources)
	c.Sitemap = b.sitemap(v.get("sitemap"))
	for _, other := range b.others(v) {
		if path := b.document(other); path != "" {
			c.Documents[other.path] = path
		}
	}
	c.Robots = Robots{Off: !v.get("robots").on(), Extra: v.get("robots").get("extra").text}
	if len(c.Robots.Extra) > maxRobots {
		b.faults.of(v.get("robots").get("extra"), "has %d bytes; crawlers read no more than %d of a robots.txt (RFC 9309 section 2.5)", len(c.Robots.Extra), maxRobots)
	}
	c.Serve.Listen = b.listen(v.get("serve"))
	c.Admin = b.admin(v.get("admin"), c.Serve.Listen)
	c.Notify = b.notify(v.get("notify"))
	c.Guard = guard(v.get("guard"))
	c.Aliases = b.documents(v, c)
	return c
}

func (b *builder) siteOf(v *value) {
	s := &b.site
	s.Title = b.required(v.get("title"))
	s.Description = cmp.Or(v.get("description").text, s.Title)
	s.Language = b.language(v.get("language"))
	s.Timezone = cmp.Or(parsed(b, v.get("timezone"), schedule.LoadZone), time.UTC)
	s.TimezoneSet = v.get("timezone").given
	s.Author = b.author(v.get("author"))
	s.Author.Name = cmp.Or(s.Author.Name, s.Title)
	s.Copyright = v.get("copyright").text
	s.AllowPrivate = v.get("allow_private").bool()
	s.URL = b.siteURL(v.get("url"))
	s.Image = b.image(v.get("image"))
}

// image returns a path that joins site.url, or an absolute URL.
func (b *builder) image(v *value) string {
	if !v.given || v.bad {
		return ""
	}
	if _, err := address.WebURL(v.text); err != nil && (!strings.HasPrefix(v.text, "/") || strings.HasPrefix(v.text, "//")) {
		b.faults.of(v, "must be a path that begins with / or an absolute http or https URL")
	}
	return v.text
}

func (b *builder) siteURL(v *value) string {
	b.required(v)
	u := parsed(b, v, address.WebURL)
	if u == nil {
		return ""
	}
	host := u.Hostname()
	switch {
	case u.RawQuery != "" || u.ForceQuery:
		b.faults.of(v, "must not hold a query (?…)")
	case host == "change-me.invalid":
		b.faults.of(v, "is still the placeholder %s; change it to the address where readers find the site", u.Scheme+"://"+host)
	case address.Private(host) && !b.site.AllowPrivate:
		b.faults.of(v, "its host %q is loopback, private or no public name, so no reader could follow a link; if that is meant, set site.allow_private: true", host)
	}
	// In NFC and encoded once: one URL, one string.
	u.Path, u.RawPath = text.NFC(strings.TrimRight(u.Path, "/")), ""
	if err := address.Path(u.Path); err != nil {
		b.faults.of(v, "its path %v", err)
	}
	return u.String()
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

func (b *builder) listen(v *value) string {
	listen := v.get("listen")
	if v.given && !listen.given {
		b.required(listen)
	}
	if !listen.given || listen.bad {
		return ""
	}
	return parsed(b, listen, address.Listen)
}

func (b *builder) admin(v *value, serve string) (a Admin) {
	if !v.given {
		return a
	}
	a.Listen, a.Token = b.listen(v), b.required(v.get("token"))
	if a.Listen != "" && a.Listen == serve {
		b.faults.of(v.get("listen"), "is where readers are served; name another port")
	}
	return a
}

func guard(v *value) Guard {
	return Guard{
		Off:     !v.on(),
		Removed: v.get("removed").limit(), Changed: v.get("changed").limit(), Added: v.get("added").limit(),
	}
}
