package serve

import (
	"path"
	"strconv"
	"strings"
)

// entityTag returns the strong tag of one representation. A compressed one is other bytes and so has
// another tag (RFC 9110 section 8.8.3.3); matchesTag takes each for all.
func entityTag(hash string, coding int) string {
	if coding == plainCoding {
		return `"` + hash + `"`
	}
	return `"` + hash + "-" + codings[coding].name + `"`
}

// matchesTag compares weakly (RFC 9110 section 8.8.3.2) with a list of tags. Proxies that compress
// append to the tag ("x-gzip", "x;gzip") and clients send that back; the hash before it still names
// the bytes. Tags without quotes are taken too.
func matchesTag(list, hash string) bool {
	if strings.TrimSpace(list) == "*" {
		return true
	}
	for list != "" {
		var tag string
		tag, list = nextTag(list)
		rest, found := strings.CutPrefix(tag, hash)
		if found && (rest == "" || strings.ContainsRune("-;:+", rune(rest[0]))) {
			return true
		}
	}
	return false
}

// nextTag takes the first tag off a list, without W/ and quotes. A comma within quotes belongs to
// the tag.
func nextTag(list string) (tag, rest string) {
	list = strings.TrimLeft(list, " \t,")
	list = strings.TrimPrefix(strings.TrimPrefix(list, "W/"), "w/")
	if quoted, found := strings.CutPrefix(list, `"`); found {
		tag, rest, _ = strings.Cut(quoted, `"`)
		return tag, rest
	}
	tag, rest, _ = strings.Cut(list, ",")
	return strings.TrimSpace(tag), rest
}

func weight(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}

// compressible leaves out what is packed already and what a packet holds anyway.
func compressible(mediaType string, size int) bool {
	return size >= 1024 && strings.HasSuffix(mediaType, "; charset=utf-8")
}

// contentType is the media type with the charset that all our texts have. Without a type the path's
// extension decides; what is unknown is downloaded, never run.
func contentType(mediaType, p string) string {
	if mediaType == "" {
		mediaType = typeByName(p)
	}
	base, _, hasParams := strings.Cut(strings.ToLower(mediaType), ";")
	if hasParams || !isText(strings.TrimSpace(base)) {
		return mediaType
	}
	return base + "; charset=utf-8"
}

func isText(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "xml") || strings.HasSuffix(mediaType, "json")
}

func typeByName(p string) string {
	switch strings.ToLower(path.Ext(p)) {
	case ".xml":
		return "application/xml"
	case ".rss":
		return "application/rss+xml"
	case ".atom":
		return "application/atom+xml"
	case ".json":
		return "application/json"
	case ".opml":
		return "text/x-opml"
	case ".txt":
		return "text/plain"
	case ".gz":
		return "application/gzip"
	}
	return "application/octet-stream"
}
