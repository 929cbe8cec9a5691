package config

import (
	"path"
	"path/filepath"
	"strings"

	"herald/config/address"
)

// bucket returns the address of an object store that path names; "" where it names a folder or file of this machine.
func (b *builder) bucket(v *value, kind string) string {
	p := v.get("path")
	scheme := schemeOf(p.text)
	if c := v.get("credentials"); c.given && !c.bad && scheme == "" {
		b.faults.add(c.keyAt, c.path, "means nothing to a folder; it is for an object store: path: s3://BUCKET/PREFIX")
	}
	if !p.given || p.bad || scheme == "" || v.get("type").bad || !b.takes(kind, "path") {
		return ""
	}
	switch {
	case !address.IsStore(scheme):
		b.faults.of(p, "%s://… is not in this version: %s", scheme, address.NoStore(scheme))
	case kind != "files" || rowsByName(strings.TrimRight(strings.SplitN(p.text, "?", 2)[0], "/")) != "":
		b.faults.of(p, "a file of rows in an object store is not read in this version; one of this machine is, and so are files of articles below s3://BUCKET/PREFIX")
	default:
		b.inBucket(v, scheme)
		return scheme + p.text[len(scheme):]
	}
	return ""
}

// inBucket reports what means nothing to objects, and what is missing.
func (b *builder) inBucket(v *value, scheme string) {
	if watch := v.get("watch"); watch.given && !watch.bad {
		b.faults.add(watch.keyAt, watch.path, "means nothing to an object store, which nobody can watch: schedule says when it is scanned")
	}
	for _, item := range v.get("dates").items {
		if item.text == "git" && !item.bad {
			b.faults.of(item, "no commit dates the objects of a store; leave git out")
		}
	}
	if c := v.get("credentials"); c.given && !c.bad {
		needed, wrong := address.Credentials(scheme, func(name string) bool { return c.get(name).given })
		for _, name := range needed {
			b.required(c.get(name))
		}
		for name, why := range wrong {
			b.faults.add(c.get(name).keyAt, c.get(name).path, why)
		}
	}
}

// Base returns the last name of where files lie: of a folder, of a prefix, else the bucket's.
func (s Source) Base() string {
	if s.Bucket == "" {
		return filepath.Base(s.Path.Abs)
	}
	before, _, _ := strings.Cut(s.Bucket, "?")
	return path.Base(strings.TrimRight(before, "/"))
}
