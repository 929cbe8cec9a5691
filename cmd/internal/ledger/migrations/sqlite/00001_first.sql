-- +goose Up

-- Single values: site_url, the feeds' ids, the IndexNow key, flags that never go back.
create table meta (
	name  text not null primary key,
	value text not null
) without rowid;

create table source (
	name       text   not null primary key,
	first_scan bigint not null default 0, -- the first complete scan that held an article
	last_scan  bigint not null default 0,
	last_good  bigint not null default 0,
	last_error text   not null default '',
	listed     bigint not null default 0,
	articles   bigint not null default 0,
	epoch      bigint not null default 0 -- who scans: another number, another scan
) without rowid;

-- Every entry of every source, in the order of a listing.
create table seen (
	source      text   not null,
	key         blob   not null,
	fingerprint text   not null, -- read_as and the entry's own, joined; '' loads again
	article     bigint not null, -- 0: no article came of it
	primary key (source, key)
) without rowid;

create table article (
	id                integer primary key,
	source            text    not null,
	key               blob    not null,
	guid              blob    not null,
	url               blob    not null,
	path              text    not null, -- what url was joined from
	content           blob    not null,
	digest_v          integer not null, -- of content
	digest            blob    not null,
	published         bigint  not null, -- unshifted; 0: undated and never public
	dated_by          text    not null,
	first_seen        bigint  not null,
	updated           bigint  not null, -- unshifted
	first_sight       integer not null, -- all that is known is a first sight in a first scan
	feed_published    bigint  not null, -- 0 until it is first public
	feed_updated      bigint  not null,
	expires           bigint  not null,
	flags             integer not null,
	in_feed           integer not null,
	in_sitemap        integer not null,
	due               bigint  not null, -- when in_feed and in_sitemap are to be asked again
	left_at           bigint  not null, -- when it last left the public documents
	shard             text    not null,
	shown             text    not null, -- all else that a document may show, as JSON
	image             text    not null, -- absolute
	told_url          blob    not null, -- '': nothing; '=': this row's url and digest; else a digest and a URL behind it
	told_topic        blob    not null, -- likewise
	removed_at        bigint  not null
);
create unique index article_guid on article (guid);
create index article_url on article (url);
create index article_removed_key on article (source, key) where removed_at <> 0;
create index article_removed_content on article (content) where removed_at <> 0;
create unique index article_feed_published on article (feed_published) where feed_published <> 0;
create unique index article_feed_updated on article (feed_updated) where feed_updated <> 0;
-- It covers what a file of the sitemap says, so that writing one reads no rows.
create index article_shard on article (shard, feed_published, url, image, updated, first_sight) where in_sitemap = 1;
create index article_due on article (due) where due <> 0;
create index article_feed_only on article (id) where in_feed = 1 and in_sitemap = 0;
create index article_left on article (left_at) where left_at <> 0;

-- What articles can be selected by, of those in the feeds and of those that were when they left. Made from
-- article, for the kinds in term_kind.
create table term (
	kind           text   not null,
	value          blob   not null,
	gone           bigint not null,
	feed_published bigint not null,
	article        bigint not null,
	primary key (kind, value, gone, feed_published)
) without rowid;

create table term_kind (
	kind text not null primary key
) without rowid;

create table body (
	article bigint not null primary key,
	content blob   not null,
	markup  text   not null,
	text    blob   not null -- deflated
);

create table refusal (
	source text   not null,
	key    blob   not null,
	reason text   not null, -- file:line:column: words
	since  bigint not null,
	primary key (source, key)
) without rowid;

-- One scan's findings, in key order; emptied when the scan is applied or held.
create table stage (
	id          integer primary key,
	source      text    not null,
	key         blob    not null,
	kind        text    not null,
	fingerprint text    not null,
	article     bigint  not null,
	content     blob    not null,
	digest_v    integer not null,
	claim       blob    not null,
	path        text    not null,
	url         blob    not null,
	link        text    not null,
	published   bigint  not null,
	dated_by    text    not null,
	first_seen  bigint  not null,
	updated     bigint  not null,
	expires     bigint  not null,
	flags       integer not null,
	minor       integer not null,
	shown       text    not null,
	reason      text    not null,
	place       text    not null
);
create index stage_url on stage (url) where kind in ('new', 'changed');
create index stage_claim on stage (claim) where length(claim) > 0;
create index stage_article on stage (article) where article <> 0;

-- First sights of articles whose scan was held.
create table sighting (
	source     text   not null,
	key        blob   not null,
	first_seen bigint not null,
	primary key (source, key)
) without rowid;

create table hold (
	id        integer primary key,
	kind      text    not null,
	subject   text    not null,
	signature blob    not null, -- equal: the same change
	summary   text    not null,
	detail    text    not null,
	since     bigint  not null,
	approved  integer not null
);

create table touched (
	article bigint not null primary key
);

create table shard (
	name  text   not null primary key,
	sum   blob   not null, -- additive digest of its entries
	urls  bigint not null,
	bytes bigint not null,
	newest bigint not null -- newest updated ever shown in it
) without rowid;

create table receipt (
	path       text   not null primary key,
	kind       text   not null,
	media_type text   not null,
	inputs     blob   not null,
	body       blob   not null, -- sha-256 of the bytes
	size       bigint not null,
	changed    bigint not null,
	edition    bigint not null,
	left_at    bigint not null  -- of a feed: its left_at as these bytes know of it
) without rowid;

-- What a feed is known by, for as long as its name is the same.
create table feed (
	name    text   not null primary key,
	guid    blob   not null, -- its id; '': none was given yet
	left_at bigint not null  -- when it last lost an article that stayed public: its terms changed, or the filter
) without rowid;

create table edition (
	id      integer primary key,
	at      bigint not null,
	written text   not null,
	removed text   not null
);

create table notice (
	target     text    not null,
	channel    text    not null,
	url        blob    not null,
	removed    integer not null,
	edition    bigint  not null,
	created    bigint  not null,
	quiet_till bigint  not null, -- notify.delay
	not_before bigint  not null, -- min_interval, Retry-After, backoff
	attempts   integer not null,
	state      text    not null, -- waiting, done, dead
	status     integer not null,
	detail     text    not null,
	sent       bigint  not null, -- last try that reached the target
	answered   bigint  not null,
	primary key (target, channel, url)
) without rowid;
create index notice_waiting on notice (state) where state <> 'done';

-- What standing documents said of articles when the ledger was gone.
create table recovered (
	url            blob    not null primary key,
	guid           blob    not null,
	title          blob    not null, -- as a feed showed it, to know the article again under another name
	summary        blob    not null,
	feed_published bigint  not null, -- 0: no feed showed it
	feed_updated   bigint  not null,
	published      bigint  not null, -- counted back, for what only the sitemap lists
	lastmod        bigint  not null, -- 0: none
	shard          text    not null
) without rowid;

create table request (
	id      integer primary key,
	kind    text   not null,
	args    text   not null,
	created bigint not null,
	done    bigint not null,
	answer  text   not null
);
