package main

import (
	"context"
	"net/http"
	"time"

	"herald/cmd/internal/notify"
	"herald/config"
	"herald/source/weburl"
)

// targetKind is one line of the table of notification targets.
type targetKind struct {
	name  string // the key below notify in herald.yaml
	label string // before each URL where reports name who is told
	// urls returns who is told by what notify says in herald.yaml; none: the kind is off.
	urls func(n config.Notify) []string
	// open makes the target at one of those URLs.
	open func(url string, with targetParts) notify.Target
}

// targetParts is what a target may need.
type targetParts struct {
	config    config.Notify
	site      *weburl.Site
	client    *http.Client
	userAgent string
	now       func() time.Time
	key       func(context.Context) (string, error) // the site's IndexNow key
}

// targetKinds is the table of the kinds of notification target.
func targetKinds() []targetKind {
	return []targetKind{
		{"indexnow", "IndexNow", indexNowEndpoints, openIndexNow},
		{"websub", "hub", webSubHubs, openHub},
	}
}

func indexNowEndpoints(n config.Notify) []string {
	if !n.IndexNow.On {
		return nil
	}
	return n.IndexNow.Endpoints
}

func openIndexNow(url string, with targetParts) notify.Target {
	return &notify.Endpoint{
		Client: notify.IndexNow{Client: with.client, Endpoint: url, Agent: with.userAgent, Now: with.now}, Site: with.site, Key: with.key,
	}
}

func webSubHubs(n config.Notify) []string { return n.WebSub.Hubs }

func openHub(url string, with targetParts) notify.Target {
	return &notify.WebSub{Client: with.client, Hub: url, Agent: with.userAgent, Now: with.now}
}
