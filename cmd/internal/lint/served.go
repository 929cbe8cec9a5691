package lint

import (
	"mime"
	"slices"

	"herald/cmd/internal/document"
	"herald/source/finding"
)

// types are the media types that readers and crawlers take a kind of document for.
var types = map[string][]string{
	rss:     {"application/rss+xml", "application/xml", "text/xml"},
	rdf:     {"application/rdf+xml", "application/rss+xml", "application/xml", "text/xml"},
	atom:    {"application/atom+xml", "application/xml", "text/xml"},
	jsonDoc: {"application/feed+json", "application/json"},
	opml:    {"text/x-opml", "text/x-opml+xml", "application/xml", "text/xml"},
	sitemap: {"application/xml", "text/xml", "application/gzip", "application/x-gzip"},
	index:   {"application/xml", "text/xml", "application/gzip", "application/x-gzip"},
	list:    {"text/plain"},
}

// served judges how a document came over HTTP.
func served(d *document.Document, kind string) []finding.Finding {
	usual := types[kind]
	if d.URL == "" || usual == nil {
		return nil
	}
	found := finding.NewList(map[string]finding.Rule{
		"UnexpectedContentType": {Severity: finding.Warning, Advice: "serve it as " + usual[0]},
		"EncodingMismatch":      {Severity: finding.Warning, Advice: "readers believe the header: say charset=utf-8, or leave charset out"},
	})
	media, params, err := mime.ParseMediaType(d.Type)
	if err != nil || !slices.Contains(usual, media) {
		found.Add(1, 1, "UnexpectedContentType", "it comes as "+finding.Quote(d.Type))
	}
	if said, declared := lower(params["charset"]), declaredEncoding(d.Body); said != "" && declared != "" && said != declared {
		found.Add(1, 1, "EncodingMismatch", "the header says "+finding.Quote(said)+", the document "+finding.Quote(declared))
	}
	return found.All()
}
