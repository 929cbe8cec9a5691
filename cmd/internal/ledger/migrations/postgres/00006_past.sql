-- +goose Up

-- How many articles of a source some document shows.
alter table source add column readers bigint not null default 0;
update source set readers = (select count(*) from article where article.source = source.name and (in_feed = 1 or in_sitemap = 1));

-- What articles were before scans of the last ten minutes changed what readers have of them.
create table past (
	source   text   not null,
	at       bigint not null, -- when the scan began
	article  bigint not null,
	shown    bigint  not null, -- some document showed it
	meant    bigint  not null, -- some document was to show it, then or later by the clock alone
	expires  bigint not null,
	content  bytea   not null,
	digest_v bigint  not null,
	url      bytea   not null,
	primary key (source, at, article)
);

-- How many articles each of these scans changed, so that most scans need not look at them one by one.
create table past_sum (
	source  text   not null,
	at      bigint not null,
	removed bigint not null, -- readers have them no longer
	changed bigint not null, -- other words or another URL
	added   bigint not null, -- some document is to show them, then or later
	entered bigint not null, -- readers have them since
	primary key (source, at)
);
