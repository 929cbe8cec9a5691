package sitemap

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"herald/source/remote"
	"herald/source/text"
	"herald/source/weburl"
)

const maxPage = 8 << 20 // bytes of a page

// ask asks for a page. was is the fingerprint of what is known of it, and a page that is nil means that this is how it still is; "": nothing
// is known. An error means that the page is as unknown as before.
func (s *Source) ask(ctx context.Context, h *host, url, mod, was string) (*page, error) {
	r := remote.Request{URL: url, Accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1", Here: true, First: maxPage + 1}
	_, tag, _ := strings.Cut(was, " ")
	r.ETag, r.Modified = conditions(tag)
	a, err := h.ask(ctx, r)
	if errors.As(err, new(leave)) {
		return nil, err
	}
	if err != nil {
		h.answered(false)
		return nil, named(url, err)
	}
	h.answered(a.Status < 500)
	if a.Status == http.StatusNotModified && r.ETag+r.Modified != "" && !s.noIndex(a.Header) {
		return nil, nil
	}
	p, err := s.answered(a, url)
	if busy := h.refuses(); err != nil && busy != nil {
		return nil, busy
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", url, err)
	}
	if p.print = mod + " " + p.print; p.print == was {
		return nil, nil
	}
	return p, nil
}

// answered makes a page of what its server says. Its fingerprint is that of this version, without lastmod; it begins with "-" where the
// server says that it is no article, which it may take back without another version.
func (s *Source) answered(a *remote.Answer, url string) (*page, error) {
	switch a.Status {
	case http.StatusOK:
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		to, err := weburl.Normal(a.URL)
		if to, _, _ = strings.Cut(to, "#"); err != nil || to == url {
			return nil, fmt.Errorf("it redirects to %.200q", a.URL)
		}
		return &page{print: fmt.Sprintf("-%d", a.Status), why: "it redirects to " + to}, nil
	case http.StatusNotFound, http.StatusGone:
		return &page{print: fmt.Sprintf("-%d", a.Status), why: "its server " + remote.StatusError(a).Error()}, nil
	case http.StatusNotModified:
		if s.noIndex(a.Header) {
			return &page{print: "-noindex", why: whyNoIndex}, nil
		}
		fallthrough
	default:
		return nil, remote.StatusError(a)
	}
	if len(bytes.TrimSpace(a.Body)) == 0 {
		return nil, errors.New("answered with nothing")
	}
	mediaType, parameters, err := mime.ParseMediaType(a.Type)
	if a.Type == "" {
		mediaType, parameters, err = mime.ParseMediaType(http.DetectContentType(a.Body))
		mediaType = strings.Replace(mediaType, "text/plain", "text/html", 1) // a page that begins with words
	}
	other := canonical(a.Header, url)
	switch {
	case s.noIndex(a.Header):
		return &page{print: "-noindex", why: whyNoIndex}, nil
	case other != "" && bare(other) != bare(url):
		return &page{print: "-canonical", why: "its server says that its canonical URL is " + other}, nil
	case err == nil && mediaType != "text/html" && mediaType != "application/xhtml+xml":
		return &page{print: tagOf(a), why: "it is " + mediaType + ", not HTML"}, nil
	case len(a.Body) > maxPage:
		return &page{print: tagOf(a), long: true}, nil
	}
	return &page{print: tagOf(a), body: decoded(a.Body, parameters["charset"])}, nil
}

const whyNoIndex = "its server says X-Robots-Tag: noindex"

// noIndex reports whether headers keep a page out of indexes, for us or for all.
func (s *Source) noIndex(h http.Header) bool {
	for _, value := range h.Values("X-Robots-Tag") {
		value = strings.ToLower(value)
		if name, rest, named := strings.Cut(value, ":"); named && !strings.Contains(name, ",") {
			switch strings.TrimSpace(name) {
			case "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview":
			case s.config.Token:
				value = rest
			default:
				continue // for another robot
			}
		}
		for directive := range strings.SplitSeq(value, ",") {
			if d := strings.TrimSpace(directive); d == "noindex" || d == "none" {
				return true
			}
		}
	}
	return false
}

// canonical returns what headers name as the canonical URL of a page (RFC 8288, RFC 6596); "": nothing.
func canonical(h http.Header, url string) string {
	for link := range strings.SplitSeq(strings.Join(h.Values("Link"), ","), ",") {
		target, parameters, found := strings.Cut(strings.TrimSpace(link), ">")
		target, opened := strings.CutPrefix(target, "<")
		parameters = strings.ToLower(strings.NewReplacer(" ", "", `"`, "").Replace(parameters))
		if found && opened && slices.Contains(strings.Split(parameters, ";"), "rel=canonical") {
			return weburl.Resolve(url, target)
		}
	}
	return ""
}

// decoded returns a page as UTF-8 where its server names another encoding, which goes before what it says itself.
func decoded(body []byte, charset string) []byte {
	if charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8") {
		return body
	}
	r, err := text.Charset(charset, bytes.NewReader(body))
	if err != nil {
		return body
	}
	if utf, err := io.ReadAll(r); err == nil && !bytes.Contains(utf, []byte("\uFFFD")) {
		return utf
	}
	return body
}

// tagOf returns what tells the version of a page from others: its validator where it has one (RFC 9110 section 8.8), else a digest.
func tagOf(a *remote.Answer) string {
	switch fits := func(s string) bool {
		return s != "" && len(s) <= 200 && strings.IndexFunc(s, func(c rune) bool { return c < ' ' || c > '~' }) < 0
	}; {
	case fits(a.ETag):
		return "e" + a.ETag
	case fits(a.Modified):
		return "m" + a.Modified
	}
	sum := sha256.Sum256(a.Body)
	return "d" + hex.EncodeToString(sum[:12])
}

// conditions returns the validators that a tag holds.
func conditions(tag string) (etag, modified string) {
	if etag, is := strings.CutPrefix(tag, "e"); is {
		return etag, ""
	}
	if modified, is := strings.CutPrefix(tag, "m"); is {
		return "", modified
	}
	return "", ""
}
