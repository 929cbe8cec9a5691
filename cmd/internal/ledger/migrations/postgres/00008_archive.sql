-- +goose Up

-- What the archive documents of a feed are cut by.
create table archive (
	feed  text   not null primary key,
	made  text   not null, -- how many items, and the filter
	stale bigint not null  -- the feed time from which they are to be cut anew
);

-- What one archive document holds: the articles of the feed from a feed time on, up to the next page's.
create table archive_page (
	feed    text   not null,
	number  bigint not null, -- from 1, the oldest
	oldest  bigint not null, -- feed time of its oldest article
	items   bigint not null,
	updated bigint not null, -- its newest change
	linked  bigint not null, -- how many of its articles refer to others by name
	sum     bytea  not null, -- additive digest of its articles
	primary key (feed, number)
);
