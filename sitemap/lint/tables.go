package lint

// The tables of sitemaps and of Google's extensions.

var roots = map[string]*row{
	"urlset": {close: closeSet, kids: map[string]*row{
		"url": {open: openURL, close: closeURL, kids: map[string]*row{
			"loc":             {one: true, required: true, check: location},
			"lastmod":         {one: true, check: moment},
			"changefreq":      {one: true, check: oneOf("InvalidChangeFreq", "always", "hourly", "daily", "weekly", "monthly", "yearly", "never")},
			"priority":        {one: true, check: number("InvalidPriority", 0, 1)},
			"news:news":       newsRow,
			"image:image":     imageRow,
			"video:video":     videoRow,
			"xhtml:link":      {open: openLanguage, free: true},
			"mobile:mobile":   {free: true},
			"pagemap:PageMap": {free: true},
		}},
	}},
	"sitemapindex": {close: closeSet, kids: map[string]*row{
		"sitemap": {open: openURL, kids: map[string]*row{
			"loc":     {one: true, required: true, check: location},
			"lastmod": {one: true, check: moment},
		}},
	}},
}

var newsRow = &row{one: true, open: openNews, close: closeNews, kids: map[string]*row{
	"news:publication": {one: true, required: true, kids: map[string]*row{
		"news:name":     {one: true, required: true, check: publication},
		"news:language": {one: true, required: true, check: newsLanguage},
	}},
	"news:publication_date": {one: true, required: true, check: moment},
	"news:title":            {one: true, required: true, check: anyText},
	"news:access":           obsolete, "news:genres": obsolete, "news:keywords": obsolete, "news:stock_tickers": obsolete, "news:geo_locations": obsolete,
}}

var imageRow = &row{kids: map[string]*row{
	"image:loc":     {one: true, required: true, check: address},
	"image:caption": obsolete, "image:geo_location": obsolete, "image:title": obsolete, "image:license": obsolete,
}}

var videoRow = &row{close: closeVideo, kids: map[string]*row{
	"video:thumbnail_loc":         {one: true, required: true, check: address},
	"video:title":                 {one: true, required: true, check: anyText},
	"video:description":           {one: true, required: true, check: atMost(maxVideoText)},
	"video:content_loc":           {one: true, check: address},
	"video:player_loc":            {one: true, check: address},
	"video:duration":              {one: true, check: number("InvalidDuration", 1, maxDuration)},
	"video:expiration_date":       {one: true, check: date},
	"video:rating":                {one: true, check: number("InvalidRating", 0, 5)},
	"video:view_count":            {one: true, check: number("InvalidInteger", 0, 1e15)},
	"video:publication_date":      {one: true, check: moment},
	"video:family_friendly":       {one: true, check: oneOf("InvalidYesNo", "yes", "no")},
	"video:restriction":           {one: true, check: anyText},
	"video:platform":              {one: true, check: anyText},
	"video:requires_subscription": {one: true, check: oneOf("InvalidYesNo", "yes", "no")},
	"video:uploader":              {one: true, check: anyText},
	"video:live":                  {one: true, check: oneOf("InvalidYesNo", "yes", "no")},
	"video:tag":                   {check: anyText},
	"video:category":              obsolete, "video:gallery_loc": obsolete, "video:price": obsolete, "video:tvshow": obsolete,
}}

// obsolete is an element that Google reads no more.
var obsolete = &row{free: true, open: func(c *checker, n *node) { c.report(n, "ObsoleteElement", n.path()) }}
