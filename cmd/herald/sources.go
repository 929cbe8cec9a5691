package main

import (
	"path/filepath"
	"slices"
	"time"

	"herald/config"
	"herald/source"
	"herald/source/bucket"
	"herald/source/filefacts"
	"herald/source/files"
	"herald/source/jsonl"
	"herald/source/preset"
	"herald/source/sql"
)

// sourceKind is one line of the table of source kinds.
type sourceKind struct {
	name string // sources[].type in herald.yaml
	// open makes a source of a config; it does not look at the origin yet. now is for what must
	// compare times with the present.
	open func(c *config.Config, s config.Source, now func() time.Time) (source.Source, error)
	// keys of sources[] that mean something to this kind, beside those that the pipeline itself
	// obeys for every kind (name, type, permalink, undated, schedule, timeout, …). The config
	// refuses the others. A fault that open finds is shown at the first; nil: at the whole source.
	keys []string
}

// sourceKinds is the table of the kinds of source. What a kind can beyond source.Source (being
// watched, explaining, stamping) it says by the interfaces of package source.
func sourceKinds() []sourceKind {
	return []sourceKind{
		{"files", openFiles, []string{"path", "include", "exclude", "front_matter", "markup", "dates", "defaults", "fields", "preset", "settings", "credentials", "allow_private", "watch"}},
		{"feed", openFeed, []string{"url", "headers", "removal", "defaults", "fields", "allow_private"}},
		{"json", openJSON, []string{"url", "headers", "items", "next", "media", "preset", "full", "markup", "dates", "defaults", "fields", "allow_private"}},
		{"sitemap", openSitemap, []string{"url", "headers", "spacing", "dates", "defaults", "fields", "allow_private"}},
		{"jsonl", openRows(jsonl.Lines), rowKeys()},
		{"csv", openRows(jsonl.Table), rowKeys()},
		{"sql", openSQL, []string{"dsn", "query", "table", "cursor", "full", "notify", "markup", "dates", "defaults", "fields", "allow_private"}},
	}
}

// rowKeys are the keys of a source that is a file of rows.
func rowKeys() []string {
	return []string{"path", "markup", "dates", "defaults", "fields", "watch"}
}

// keysByKind returns the table as the config wants it.
func keysByKind(kinds []sourceKind) map[string][]string {
	keys := map[string][]string{}
	for _, k := range kinds {
		keys[k.name] = k.keys
	}
	return keys
}

// kindNamed returns the line of a kind; false where the table has none of that name.
func kindNamed(kinds []sourceKind, name string) (sourceKind, bool) {
	i := slices.IndexFunc(kinds, func(k sourceKind) bool { return k.name == name })
	if i < 0 {
		return sourceKind{}, false
	}
	return kinds[i], true
}

// readAs returns the stamp of a source that has one; "" else.
func readAs(src source.Source) string {
	if stamped, ok := src.(source.Stamped); ok {
		return stamped.ReadAs()
	}
	return ""
}

// openFiles makes a source of a folder, or of what lies in an object store. What we write ourselves is never read as an article.
func openFiles(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	as, err := preset.For(s.Preset, s.Base(), s.Settings)
	if err != nil {
		return nil, err
	}
	if s.Bucket != "" {
		return bucket.New(bucket.Config{
			URL: s.Bucket, Credentials: bucket.Credentials{AccessKey: s.Credentials["access_key"], SecretKey: s.Credentials["secret_key"], SessionToken: s.Credentials["session_token"], SASToken: s.Credentials["sas_token"]},
			Include: s.Include, Exclude: s.Exclude, Reading: reading(c, s, as), Fetch: fetcher(c, s, 0), Now: now,
		})
	}
	return files.New(files.Config{
		Root: s.Path.Abs, Place: filepath.ToSlash(filepath.Clean(s.Path.Written)),
		Written: filefacts.Written{Key: s.Key + ".path", Path: s.Path.Written},
		Include: s.Include, Exclude: s.Exclude,
		Skip:    []string{c.Publish.To.Abs, c.State.Abs},
		Now:     now,
		Reading: reading(c, s, as),
	})
}

// openRows makes sources of files of rows.
func openRows(format jsonl.Format) func(*config.Config, config.Source, func() time.Time) (source.Source, error) {
	return func(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
		return jsonl.New(jsonl.Config{
			Path: s.Path.Abs, Place: filepath.ToSlash(filepath.Clean(s.Path.Written)), Format: format, Now: now,
			Written: filefacts.Written{Key: s.Key + ".path", Path: s.Path.Written},
			Reading: reading(c, s, &preset.Preset{}),
		})
	}
}

// openSQL makes a source of a database. The operator names its host, which may be anywhere.
func openSQL(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	return sql.New(sql.Config{
		Name: s.Name, DSN: s.Values["dsn"], Dir: c.Dir, Query: s.Values["query"], Table: s.Values["table"], Cursor: s.Values["cursor"],
		Full: s.Full, Notify: s.Values["notify"], Timeout: s.Timeout, Now: now, Reading: reading(c, s, &preset.Preset{}),
	})
}

// presetID returns how the preset of a source makes ids; nil where it makes none.
func presetID(s config.Source) func(a *source.Article, url string) string {
	as, err := preset.For(s.Preset, s.Base(), s.Settings)
	if err != nil || s.Type != "files" {
		return nil
	}
	return as.ID
}
