package main

import (
	"net/http"

	"herald/cmd/internal/edition"
	"herald/config"
)

// targetKind is one line of the table of notification targets.
type targetKind struct {
	label string // before each URL where reports name who is told
	// urls returns who is told by what notify says in herald.yaml; none: the kind is off.
	urls func(n config.Notify) []string
	// set hands those URLs, and what else the kind needs, to the pipeline.
	set func(out *edition.Notify, n config.Notify, urls []string)
}

// targetKinds is the table of the kinds of notification target.
func targetKinds() []targetKind {
	return []targetKind{
		{"IndexNow", indexNowEndpoints, setIndexNow},
		{"hub", webSubHubs, setHubs},
	}
}

func indexNowEndpoints(n config.Notify) []string {
	if !n.IndexNow.On {
		return nil
	}
	return n.IndexNow.Endpoints
}

func setIndexNow(out *edition.Notify, n config.Notify, urls []string) {
	out.IndexNow, out.IndexNowKey = urls, n.IndexNow.Key
}

func webSubHubs(n config.Notify) []string { return n.WebSub.Hubs }

func setHubs(out *edition.Notify, _ config.Notify, urls []string) { out.Hubs = urls }

// notifySettings maps who is told, and when.
func notifySettings(n config.Notify) edition.Notify {
	out := edition.Notify{
		Delay: n.Delay, MinInterval: n.MinInterval, Verify: !n.Verify.Off, VerifyBase: n.Verify.Base,
		DryRun: n.DryRun,
	}
	for _, kind := range targetKinds() {
		kind.set(&out, n, kind.urls(n))
	}
	return out
}

// toldBy names who hears of changes, for reports.
func toldBy(n config.Notify) []string {
	all := []string{}
	for _, kind := range targetKinds() {
		for _, url := range kind.urls(n) {
			all = append(all, kind.label+" "+url)
		}
	}
	if n.DryRun && len(all) > 0 {
		all = append(all, "(dry_run: nothing is sent)")
	}
	return all
}

// noticeClient reaches whom the operator names, wherever that is, and else only the public
// internet. The site itself is asked, too, before anybody is told (verify).
func noticeClient(c *config.Config) *http.Client {
	named := []string{c.Site.URL, c.Notify.Verify.Base}
	for _, kind := range targetKinds() {
		named = append(named, kind.urls(c.Notify)...)
	}
	return newHTTPClient(namedAddresses(named...), 0)
}
