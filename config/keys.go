package config

// kind is how a scalar must be written. Lists hold scalars of a kind or mappings.
type kind int

const (
	none     kind = iota // no scalar: a mapping, or a list of mappings
	plain                // any text
	boolean              // true or false
	whole                // a whole number
	duration             // Go syntax
	size                 // 10MB
	limit                // 20%, or a number
	document             // the path of a document of ours, or false
	orBool               // a text, or true or false
)

// key describes one key of herald.yaml.
type key struct {
	name   string
	kind   kind
	list   bool     // a list of such scalars or mappings
	orOne  bool     // beside list: one of them may stand without the list
	free   bool     // a mapping from any text to such a scalar
	def    string   // the default as one would write it, or words in parentheses; lists have theirs in the code
	values []string // all that a scalar may be
	notYet bool     // refused in this version unless it is the default
	keys   []key    // of the mapping, or of each mapping in the list
	doc    string
}

// child returns the key named name inside k, nil if there is none.
func (k *key) child(name string) *key {
	for i := range k.keys {
		if k.keys[i].name == name {
			return &k.keys[i]
		}
	}
	return nil
}

// root returns the table of all keys.
func root() *key {
	return &key{keys: []key{
		{name: "site", def: "(required)", keys: siteKeys(), doc: "what all published URLs and documents have in common"},
		{name: "state", kind: plain, def: "herald.db", doc: "the ledger: a file beside the config (postgres://… is not in this version)"},
		{name: "schedule", kind: plain, def: "@every 5m", doc: "when sources are scanned: cron with 5 fields, @every 5m, @hourly, …, with CRON_TZ=Zone before it if wanted"},
		{name: "publish", keys: []key{
			{name: "to", kind: plain, def: "./public", doc: "the folder that stands at site.url (bucket URLs such as s3://… are not in this version)"},
		}, doc: "where documents go"},
		{name: "sources", list: true, def: "(required)", keys: sourceKeys(), doc: "where articles come from; at least one"},
		{name: "feeds", list: true, keys: feedKeys(), doc: "feeds beside or in place of the default one, which is called main"},
		{name: "opml", kind: document, def: "false", doc: "where the list of all feeds lies, OPML 2.0, such as /feeds.opml; false: there is none. It is served at /.well-known/feeds, too"},
		{name: "sitemap", keys: sitemapKeys(), doc: "the sitemap"},
		{name: "robots", kind: boolean, def: "true", keys: []key{
			{name: "extra", kind: plain, doc: "lines added to our block"},
		}, doc: "robots.txt; false: none"},
		{name: "aliases", kind: plain, free: true, doc: "old paths and the document of ours whose bytes they give, such as /rss.xml: /feed.xml"},
		{name: "serve", keys: []key{
			{name: "listen", kind: plain, doc: "host:port; without it nothing is served"},
		}, doc: "the HTTP server for readers and crawlers"},
		{name: "admin", keys: []key{
			{name: "listen", kind: plain, def: "(required)", doc: "host:port, such as 127.0.0.1:8081; another than that of serve"},
			{name: "token", kind: plain, def: "(required)", doc: "who bears it may ask; long and random, such as ${file:/run/secrets/admin}"},
		}, doc: "the HTTP server for operators: POST /scan/NAME, GET /health; absent: there is none"},
		{name: "notify", keys: notifyKeys(), doc: "who is told of changes"},
		{name: "guard", kind: boolean, def: "true", keys: []key{
			{name: "removed", kind: limit, def: "20%", doc: "more than this share of what the source's readers had ten minutes ago or when last approved is out (from 10 articles up), or more than a number"},
			{name: "changed", kind: limit, def: "50%", doc: "more than this share of that changed in words, ids or URLs (from 10 articles up), or more than a number"},
			{name: "added", kind: limit, def: "50%", doc: "more than this share of that added (of at least 100), or more than a number"},
		}, doc: "holds a scan that changes too much; false turns it off, 100% turns one limit off"},
	}}
}

func siteKeys() []key {
	return []key{
		{name: "url", kind: plain, def: "(required)", doc: "where the site stands, absolute, http or https; a path is allowed and our paths join it"},
		{name: "title", kind: plain, def: "(required)", doc: "the site's name"},
		{name: "description", kind: plain, def: "(title)", doc: "one line about the site"},
		{name: "language", kind: plain, doc: "BCP 47, such as ko-KR"},
		{name: "timezone", kind: plain, def: "UTC", doc: "IANA zone for dates without an offset and schedules without CRON_TZ"},
		{name: "author", keys: []key{
			{name: "name", kind: plain, def: "(title)", doc: "the person or desk"},
			{name: "email", kind: plain, doc: "an address"},
			{name: "url", kind: plain, doc: "an absolute URL"},
		}, doc: "who stands behind articles that name nobody"},
		{name: "image", kind: plain, doc: "a logo: a path below site.url, or an absolute URL"},
		{name: "copyright", kind: plain, doc: "the feeds' copyright line"},
		{name: "allow_private", kind: boolean, def: "false", doc: "a loopback or private host in site.url is meant"},
	}
}

func sourceKeys() []key {
	return []key{
		{name: "name", kind: plain, def: "(last element of path)", doc: "unique"},
		{name: "type", kind: plain, def: "files", values: []string{"files", "jsonl", "csv", "feed", "sitemap", "json", "sql"}, doc: "the kind of source: a folder of files, one file of rows (one JSON object a line, or CSV with a header line), a feed, the pages of a sitemap, JSON that a content system answers with (json), or the rows of a database (sql). Files named .jsonl, .ndjson and .csv are known by their names, feeds by url, json by url and preset"},
		{name: "path", kind: plain, def: "(required)", doc: "the folder that holds the articles, the file that holds the rows, or an object store: s3://BUCKET/PREFIX?region=…&endpoint=…, gs://BUCKET/PREFIX, azblob://CONTAINER/PREFIX?storage_account=NAME; two sources of one path need other include or exclude"},
		{name: "credentials", keys: []key{
			{name: "access_key", kind: plain, doc: "the id of an access key; of azblob:// the storage account, where path does not name it"},
			{name: "secret_key", kind: plain, doc: "its secret: ${NAME} or ${file:/run/secrets/…}; of azblob:// a key of the account"},
			{name: "session_token", kind: plain, doc: "of keys that hold for some hours; not of azblob://"},
			{name: "sas_token", kind: plain, doc: "of azblob:// alone, in the place of secret_key: a shared access signature, such as sv=…&sig=…"},
		}, doc: "of an object store, in the place of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, the shared credentials file or the machine's role; of AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_CONNECTION_STRING"},
		{name: "url", kind: plain, doc: "of a remote source: where it is, http or https. Without type it is a feed: RSS, Atom or JSON Feed"},
		{name: "headers", kind: plain, free: true, doc: "of a remote source: headers of its requests, such as Authorization. They go only to the host of url"},
		{name: "spacing", kind: duration, def: "200ms", doc: "of a sitemap: the least time between two requests to one host; its robots.txt may name a longer one (Crawl-delay)"},
		{name: "items", kind: plain, def: "(the document itself)", doc: "of json: where the list of articles is in a page, such as data.articles"},
		{name: "next", kind: plain, keys: []key{
			{name: "page", kind: plain, def: "(required)", doc: "the query parameter that counts pages"},
			{name: "from", kind: whole, def: "1", doc: "the number of the first page"},
		}, doc: "of json: where the address of the next page is in a page, such as links.next; or a query parameter that counts pages, which end with the first that holds nothing"},
		{name: "media", kind: plain, def: "(the site)", doc: "of json: the address at which pictures and files stand that an item names by a path or an id, such as https://cms.example.com (Strapi) or https://cms.example.com/assets (Directus); those in texts are not meant"},
		{name: "dsn", kind: plain, doc: "of sql: the database, postgres://user:password@host/database, mysql://… (MariaDB too) or sqlite:PATH. It is only read"},
		{name: "query", kind: plain, doc: "of sql: a select statement whose rows are the articles; columns that bear the names of fields are found by themselves"},
		{name: "table", kind: plain, doc: "of sql: a table or view, in place of query"},
		{name: "cursor", kind: plain, doc: "of sql: a column whose value rises whenever a row changes, such as updated_at; between full listings only rows beyond the last value are read. Without it every listing reads all rows"},
		{name: "full", kind: plain, def: "@daily", doc: "of sources with increments: when everything is listed, as schedule is written; only then removals are seen"},
		{name: "notify", kind: plain, doc: "of sql in Postgres: the channel of NOTIFY that says when rows change; run then scans at once"},
		{name: "removal", kind: plain, values: []string{"window"}, doc: "of a feed: window removes what leaves it. Without it an article stays until the feed answers 410 or names it in a deleted-entry"},
		{name: "include", kind: plain, list: true, def: "(md, markdown, mdx, html, htm, txt at any depth)", doc: "patterns of article files below path"},
		{name: "exclude", kind: plain, list: true, doc: "patterns of files that are no articles"},
		{name: "front_matter", kind: plain, def: "optional", values: []string{"optional", "required"}, doc: "required: files without it are no articles"},
		{name: "markup", kind: plain, def: "auto", values: []string{"auto", "html", "markdown", "text"}, doc: "how bodies are read; auto: by extension and look"},
		{name: "preset", kind: plain, values: []string{"astro", "docusaurus", "eleventy", "ghost", "hexo", "hugo", "jekyll", "nikola", "pelican", "wordpress", "zola"}, doc: "the generator that the files were written for: its permalinks, dates, ids and articles; other keys of the source go before it. Of json: wordpress (REST v2) or ghost (Content API), whose articles, pages and changes are known"},
		{name: "settings", kind: plain, free: true, doc: "settings of the generator's own config that change addresses, by its names: source/preset/README.md"},
		{name: "permalink", kind: plain, def: "/:path/", doc: "the pattern of article URLs; under a preset the generator's own"},
		{name: "dates", kind: plain, list: true, def: "(front_matter, file_name, first_seen)", values: []string{"front_matter", "file_name", "git", "dateline", "first_seen"}, doc: "which rules date an article, first come; git: the commit that added its file; dateline: a line of the text such as 2024.01.05 14:30 입력"},
		{name: "undated", kind: plain, def: "auto", values: []string{"auto", "first_seen", "sitemap_only", "refuse"}, doc: "what becomes of articles that only first sight dates; auto: those that the first scan of the source finds beside dated ones are pages, in the sitemap only until they get a date, and any other is dated by its first sight"},
		{name: "defaults", keys: defaultsKeys(), doc: "what articles have that do not say otherwise"},
		{name: "fields", keys: fieldKeys(), doc: "ours: theirs; what the articles call by names of their own, such as {author: by, title: [newstitle, headline]}. It goes before the names of ours; a dot leads into a map, and into the maps of a list"},
		{name: "schedule", kind: plain, def: "(the top-level schedule)", doc: "when this source is scanned"},
		{name: "timeout", kind: duration, def: "5m", doc: "the longest that one scan may take"},
		{name: "watch", kind: boolean, def: "true", doc: "changes are seen at once under run"},
		{name: "removal_grace", kind: duration, def: "0s", doc: "how long an article stays that its source no longer lists; one that comes back meanwhile has never been away"},
		{name: "publish_when", kind: plain, def: "seen", values: []string{"seen", "live"}, doc: "live: a new article enters feeds, sitemap and notices once its URL answers 200, for sites that somebody else builds"},
		{name: "allow_private", kind: boolean, def: "false", doc: "true: a remote source, and what it redirects to, may be on a loopback or private host; so may the endpoint of an object store; nothing to folders"},
	}
}

func defaultsKeys() []key {
	author := []key{
		{name: "name", kind: plain, def: "(required)", doc: "the person or desk"},
		{name: "email", kind: plain, doc: "an address"},
		{name: "url", kind: plain, doc: "an absolute URL"},
	}
	return []key{
		{name: "categories", kind: plain, list: true, doc: "categories"},
		{name: "tags", kind: plain, list: true, doc: "tags"},
		{name: "author", kind: plain, keys: author, doc: "a name, or name, email and url"},
		{name: "lang", kind: plain, def: "(site.language)", doc: "BCP 47"},
		{name: "authors", kind: plain, list: true, keys: author, doc: "several authors, each a name, or name, email and url"},
		{name: "image", kind: plain, doc: "the lead image of articles that have none in their text either: a path below site.url, or an absolute URL"},
		{name: "draft", kind: boolean, def: "false", doc: "true: all are drafts that do not say draft: false"},
		{name: "robots", kind: plain, values: []string{"index", "noindex"}, doc: "noindex: out of the sitemap"},
		{name: "sitemap", kind: boolean, def: "true", doc: "false: in no sitemap"},
		{name: "feed", kind: boolean, def: "true", doc: "false: in no feed"},
	}
}

// fieldNames are the fields of articles that sources[].fields may name.
func fieldNames() []string {
	return []string{
		"title", "summary", "excerpt", "description", "id", "guid", "url", "permalink", "slug", "canonical_url", "lang", "date", "published", "updated",
		"expires", "image", "author", "authors", "categories", "category", "tags", "tag", "enclosure", "enclosures", "translations", "draft", "robots",
		"sitemap", "feed", "minor", "content",
	}
}

// fieldKeys are the keys of sources[].fields.
func fieldKeys() []key {
	var keys []key
	for _, name := range fieldNames() {
		keys = append(keys, key{name: name, kind: plain, list: true, orOne: true, doc: "the articles' own key for " + name + ", or a list of keys; the first that is there counts"})
	}
	return keys
}

func feedKeys() []key {
	return []key{
		{name: "name", kind: plain, def: "(required)", doc: "its name for ever: its id is kept under it. main changes the default feed"},
		{name: "off", kind: boolean, def: "false", doc: "true takes the feed away"},
		{name: "title", kind: plain, def: "(site.title)", doc: "the feed's title; with each, :value stands for the value, and the default is site.title – :value"},
		{name: "description", kind: plain, def: "(site.description)", doc: "the feed's description; with each, :value stands for the value"},
		{name: "rss", kind: document, def: "/feed.xml", doc: "where RSS 2.0 lies; false: not published. The default is main's: another feed has the formats that it names. With each, :slug stands for the value"},
		{name: "atom", kind: document, def: "/atom.xml", doc: "where Atom 1.0 lies; false: not published"},
		{name: "json", kind: document, def: "/feed.json", doc: "where JSON Feed 1.1 lies; false: not published"},
		{name: "items", kind: whole, def: "50", doc: "how many articles it shows, 1 to 5000"},
		{name: "content", kind: plain, def: "full", values: []string{"full", "summary", "none"}, doc: "how much of an article it shows"},
		{name: "bytes", kind: size, def: "64MB", doc: "how large each of its documents may grow, 1kB to 64MB: over it the oldest articles lose their full content first, then leave"},
		{name: "keep", kind: duration, def: "0s", doc: "how long an item stays at least, however many come; it counts from the moment at which the article could first be in the feed"},
		{name: "where", keys: append(whereKeys(), key{name: "not", keys: whereKeys(), doc: "what keeps an article out: one value of any list does"}),
			doc: "which articles it shows: those that have one value of each list. Values are compared exactly"},
		{name: "each", kind: plain, values: []string{"category", "tag", "author", "language", "source"}, doc: "one feed per category, tag, author, language or source; where says of which articles"},
		{name: "archive", kind: whole, def: "0", doc: "behind rss, atom and json stand archive documents of so many items, the oldest first (RFC 5005), 1 to 5000; 0: none"},
		{name: "deleted", kind: boolean, def: "false", doc: "Atom names the articles that would stand in the feed, had they not been removed or withdrawn (at:deleted-entry, RFC 6721), so that readers can drop them: by their ids, which mostly are their URLs"},
		{name: "page", kind: document, def: "false", doc: "where an HTML page for people lies, such as /politics/feed/ (then politics/feed/index.html); main's lists all feeds"},
		{name: "podcast", keys: podcastKeys(), doc: "what podcast directories ask of a feed"},
	}
}

// podcastKeys are what podcast directories ask of a feed.
func podcastKeys() []key {
	return []key{
		{name: "category", kind: plain, doc: "one of Apple's, such as News; Society & Culture > Documentary is one below another"},
		{name: "explicit", kind: boolean, def: "false", doc: "true where children should not listen"},
		{name: "owner", keys: []key{{name: "name", kind: plain, doc: "a name"}, {name: "email", kind: plain, doc: "an address"}, {name: "url", kind: plain, doc: "a page"}}, doc: "whom directories write to; default: site.author"},
		{name: "image", kind: plain, doc: "the cover, a path or URL; 1400 to 3000 pixels square; default: site.image"},
	}
}

// whereKeys are what articles are picked by.
func whereKeys() []key {
	return []key{
		{name: "categories", kind: plain, list: true, orOne: true, doc: "categories"},
		{name: "tags", kind: plain, list: true, orOne: true, doc: "tags"},
		{name: "authors", kind: plain, list: true, orOne: true, doc: "names of authors"},
		{name: "languages", kind: plain, list: true, orOne: true, doc: "BCP 47; an article without lang is in site.language"},
		{name: "sources", kind: plain, list: true, orOne: true, doc: "names of sources"},
	}
}

func sitemapKeys() []key {
	return []key{
		{name: "path", kind: plain, def: "/sitemap.xml", doc: "directly below site.url"},
		{name: "urls_per_file", kind: whole, def: "10000", doc: "1 to 50000; more makes an index"},
		{name: "bytes_per_file", kind: size, def: "10MB", doc: "uncompressed, 1kB to 50MB; more makes an index"},
		{name: "gzip", kind: boolean, def: "false", notYet: true, doc: "compressed files"},
		{name: "images", kind: boolean, def: "true", doc: "articles' images stand beside them"},
		{name: "pages", list: true, keys: []key{
			{name: "url", kind: plain, def: "(required)", doc: "a path below site.url"},
		}, doc: "URLs that are no articles"},
		{name: "news", notYet: true, keys: []key{
			{name: "path", kind: plain}, {name: "name", kind: plain}, {name: "language", kind: plain},
		}, doc: "the news sitemap"},
	}
}

func notifyKeys() []key {
	return []key{
		{name: "delay", kind: duration, def: "30s", doc: "quiet time before a batch goes out"},
		{name: "min_interval", kind: duration, def: "10m", doc: "between two notices of one URL to one target"},
		{name: "verify", kind: orBool, def: "true", doc: "tell only what the public URL already shows; false: do not look; or the base URL to look at"},
		{name: "dry_run", kind: boolean, def: "false", doc: "say what would be told, and tell nobody"},
		{name: "indexnow", kind: boolean, def: "false", keys: []key{
			{name: "key", kind: plain, def: "auto", doc: "8 to 128 of a-z A-Z 0-9 -; auto: made once and kept"},
			{name: "endpoints", kind: plain, list: true, def: "(https://api.indexnow.org/indexnow)", doc: "who is told; each shares with the others"},
		}, doc: "search engines by IndexNow; true: as the defaults say"},
		{name: "websub", keys: []key{
			{name: "hubs", kind: plain, list: true, doc: "hubs that are told of feeds"},
			{name: "own", kind: boolean, def: "false", notYet: true, doc: "our own hub at /hub"},
		}, doc: "feed readers by WebSub"},
		{name: "webhooks", list: true, notYet: true, keys: []key{
			{name: "url", kind: plain}, {name: "secret", kind: plain},
		}, doc: "your own endpoints"},
	}
}
