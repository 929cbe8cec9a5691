package serve

import (
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// isHome reports whether a request means the root of the site.
func (h *handler) isHome(r *http.Request) bool {
	if h.Home.Paths == nil {
		return false
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	return path == "" || h.Base != "" && path == "/"+h.Base
}

// home lists the documents: who opens the address in a browser sees what is served.
func (h *handler) home(w http.ResponseWriter, r *http.Request) {
	paths, err := h.Home.Paths(r.Context())
	if err != nil {
		h.Log.Error("documents not listed", "error", err)
		plain(w, http.StatusServiceUnavailable, "the documents cannot be listed now")
		return
	}
	base := strings.TrimSuffix(r.URL.Path, "/") + "/"
	var page strings.Builder
	page.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><title>" +
		html.EscapeString(h.Home.Title) + "</title></head>\n<body><h1>" + html.EscapeString(h.Home.Title) + "</h1>\n<p>Served here:</p>\n<ul>\n")
	for _, path := range paths {
		href := (&url.URL{Path: base + path}).EscapedPath()
		page.WriteString("<li><a href=\"" + html.EscapeString(href) + "\">" + html.EscapeString("/"+path) + "</a></li>\n")
	}
	page.WriteString("</ul></body></html>\n")
	head := w.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	head.Set("Content-Security-Policy", "default-src 'none'")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "no-cache")
	head.Set("Content-Length", strconv.Itoa(page.Len()))
	send(w, r, []byte(page.String()))
}
