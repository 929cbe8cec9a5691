package edition

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// robots keeps our lines in robots.txt; in somebody else's file only the marked block is ours.
func (p *publication) robots(ctx context.Context) error {
	const path = robotsPath
	receipt, known := p.receipts[path]
	if p.config.Robots == nil && !known || p.held[path] {
		return nil
	}
	existing, err := p.config.Sink.Read(ctx, path, maxRobots)
	if ignoreGone(err) != nil { // what stands there and cannot be read is released
		return err
	}
	if err != nil && p.config.Robots == nil { // there are no lines of ours to take away
		p.removed = append(p.removed, path)
		return nil
	}
	var sitemaps []string
	extra := ""
	if p.config.Robots != nil {
		url, err := p.config.Placement.Site.Join(p.config.Sitemap.Path)
		if err != nil {
			return err
		}
		sitemaps, extra = []string{url}, p.config.Robots.Extra
	}
	want := sitemap.Robots(existing, sitemaps, extra)
	if len(bytes.TrimSpace(want)) == 0 {
		p.removed = append(p.removed, path)
		return p.config.Sink.Remove(ctx, []string{path})
	}
	if len(want) > maxRobots {
		p.report.Failed = append(p.report.Failed, fmt.Sprintf("%s: it would be larger than %d MiB, and crawlers read half of that; the last good version stays", path, maxRobots>>20))
		return nil
	}
	sum := sha256.Sum256(want)
	put := ledger.Receipt{Path: path, Kind: robotsKind.Name, MediaType: robotsKind.MediaType, Inputs: document.InputsOf(robotsKind.Name, sum), Body: sum, Size: int64(len(want)), Changed: p.now}
	if bytes.Equal(existing, want) {
		if !known || receipt.Body != sum {
			p.put = append(p.put, put)
		}
		return nil
	}
	p.changed[path] = true
	return errors.Join(p.await(ctx, &Document{Kind: robotsKind, Path: path}, want, put), p.flush(ctx))
}
