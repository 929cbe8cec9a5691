package reader

import (
	"slices"

	"herald/source/frontmatter"
)

// The keys that fields are read from; of each list the first that is there and not empty counts. Keys count in any case,
// and with "-" for "_".
var (
	titleKeys     = []string{"title"}
	summaryKeys   = []string{"excerpt", "summary", "description"}
	idKeys        = []string{"id", "guid"}
	urlKeys       = []string{"permalink", "url"}
	slugKeys      = []string{"slug"}
	canonicalKeys = []string{"canonical_url", "canonicalurl", "canonical"}
	languageKeys  = []string{"lang", "language", "locale"}

	// publishedKeys are those of the date. Of the last ones, which hold other things too, only what is a date counts.
	publishedKeys = []string{"date", "published", "published_at", "publishdate", "publish_date", "pubdate", "pub_date", "date_published", "datepublished",
		"publishedat"}
	weakPublishedKeys = []string{"created_at", "created", "date_created", "datecreated", "posted", "posted_at", "published_on", "publish", "createdat",
		"postedat", "publishedon"}
	// publicKeys are those of the moment from which an article is public, where it is later than its date.
	publicKeys  = []string{"publishdate", "publish_date", "published", "published_at", "pubdate", "pub_date"}
	updatedKeys = []string{"last_modified_at", "lastmod", "updated", "modified", "modified_date", "modifieddate", "updated_at", "updated_date",
		"updateddate", "modified_at", "date_modified", "datemodified", "date_updated", "dateupdated", "last_modified", "lastmodified", "last_updated",
		"lastupdated", "last_update", "updatedat", "modifiedat"}
	expiresKeys = []string{"expires", "expirydate", "expiry_date", "expires_at", "unpublishdate", "unpublish_date", "expiresat"}

	imageKeys = []string{"image", "cover", "thumbnail", "images", "hero_image", "heroimage", "featured_image", "featuredimage", "feature_image",
		"featureimage", "cover_image", "coverimage", "og_image", "ogimage", "social_image", "socialimage", "image_url", "preview_image", "previewimage",
		"banner", "teaser", "thumb", "top_img", "header"}
	authorsKeys     = []string{"author", "authors"} // together
	moreAuthorsKeys = []string{"by", "byline", "author_name", "writer", "written_by", "posted_by", "reporter"}
	categoriesKeys  = []string{"category", "categories"} // together
	tagsKeys        = []string{"tag", "tags"}            // together
	enclosureKeys   = []string{"enclosure", "enclosures"}
	translationKeys = []string{"translations"}

	// Of an article with audio or video only; they are common words, so no typing error is looked for in them.
	durationKeys    = []string{"duration", "itunes_duration"}
	episodeKeys     = []string{"episode", "itunes_episode", "episode_number"}
	seasonKeys      = []string{"season", "itunes_season"}
	episodeTypeKeys = []string{"episode_type", "episodetype", "itunes_episode_type"}
	explicitKeys    = []string{"explicit", "itunes_explicit"}
	transcriptKeys  = []string{"transcript", "transcripts"}
	chaptersKeys    = []string{"chapters"}
	personKeys      = []string{"person", "people", "persons"}
	valueKeys       = []string{"value"}

	draftKeys      = []string{"draft", "is_draft", "isdraft"}
	robotsKeys     = []string{"robots"}
	noIndexKeys    = []string{"noindex", "no_index", "robotsnoindex"}
	sitemapKeys    = []string{"sitemap"}
	noSitemapKeys  = []string{"sitemap_exclude", "exclude_from_sitemap", "sitemap_ignore"}
	feedKeys       = []string{"feed"}
	noFeedKeys     = []string{"exclude_from_feed", "feed_exclude", "exclude_from_rss", "rss_exclude"}
	minorKeys      = []string{"minor"}
	redirectKeys   = []string{"redirect_to", "redirect"}
	otherStateKeys = []string{"status", "_status", "publish", "build", "_build", "render", "headless", "private", "unpublished", "unlisted", "eleventyexcludefromcollections",
		"password", "author_email", "authoremail", "author_url", "authorurl"}
)

// field is a field of articles: what sources[].fields calls it, and its keys.
type field struct {
	name     string
	keys     []string
	together bool // all of keys count, not the first alone
}

// fields is the table of what sources[].fields may name.
var fields = []field{
	{name: "title", keys: titleKeys},
	{name: "summary", keys: summaryKeys},
	{name: "id", keys: idKeys},
	{name: "url", keys: urlKeys},
	{name: "slug", keys: slugKeys},
	{name: "canonical_url", keys: canonicalKeys},
	{name: "lang", keys: languageKeys},
	{name: "date", keys: slices.Concat(publishedKeys, weakPublishedKeys)},
	{name: "updated", keys: updatedKeys},
	{name: "expires", keys: expiresKeys},
	{name: "image", keys: imageKeys},
	{name: "author", keys: slices.Concat(authorsKeys, moreAuthorsKeys), together: true},
	{name: "categories", keys: []string{"categories", "category"}, together: true},
	{name: "tags", keys: []string{"tags", "tag"}, together: true},
	{name: "enclosure", keys: enclosureKeys, together: true},
	{name: "translations", keys: translationKeys},
	{name: "duration", keys: durationKeys},
	{name: "episode", keys: episodeKeys},
	{name: "season", keys: seasonKeys},
	{name: "episode_type", keys: episodeTypeKeys},
	{name: "explicit", keys: explicitKeys},
	{name: "transcript", keys: transcriptKeys},
	{name: "chapters", keys: chaptersKeys},
	{name: "person", keys: personKeys},
	{name: "value", keys: valueKeys},
	{name: "draft", keys: draftKeys},
	{name: "robots", keys: robotsKeys},
	{name: "sitemap", keys: sitemapKeys},
	{name: "feed", keys: feedKeys},
	{name: "minor", keys: minorKeys},
}

// fieldNamed returns the field that a key of ours names.
func fieldNamed(ours string) (field, bool) {
	for _, f := range fields {
		if ours == f.name || slices.ContainsFunc(f.keys, func(key string) bool { return frontmatter.SameKey(key, ours) }) {
			return f, true
		}
	}
	return field{}, false
}

// nestedKeys are the keys of maps whose members count as if they stood at the top.
var nestedKeys = []string{"taxonomies", "extra", "params", "eleventycomputed"}

// readKeys are all keys that have an effect.
var readKeys = slices.Concat(titleKeys, summaryKeys, idKeys, urlKeys, slugKeys, canonicalKeys, languageKeys, publishedKeys, weakPublishedKeys, publicKeys,
	updatedKeys, expiresKeys, imageKeys, authorsKeys, moreAuthorsKeys, categoriesKeys, tagsKeys, enclosureKeys, translationKeys, draftKeys, robotsKeys,
	noIndexKeys, sitemapKeys, noSitemapKeys, feedKeys, noFeedKeys, minorKeys, redirectKeys, otherStateKeys, nestedKeys)

// hasAny reports whether a key stands among fields.
func hasAny(fields []frontmatter.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f frontmatter.Field) bool { return frontmatter.SameKey(f.Key, key) })
}

// isKey reports whether a key is one of keys.
func isKey(key string, keys []string) bool {
	return slices.ContainsFunc(keys, func(known string) bool { return frontmatter.SameKey(known, key) })
}
