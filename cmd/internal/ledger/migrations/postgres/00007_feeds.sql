-- +goose Up

-- Values that articles in the feeds have or had, of the kinds in term_kind, and of others that were there once.
create table value (
	kind    text   not null,
	value   bytea   not null,
	slug    text   not null, -- what stands for it in paths, for ever; '': none was given yet
	changed bigint not null, -- the number of the last change of an article that has it or had it
	primary key (kind, value)
);
create index value_changed on value (kind, changed);

-- Articles that a feed shows however many newer ones there are.
create table kept (
	feed    text   not null,
	article bigint not null,
	since   bigint not null, -- when it could first be in the feed
	primary key (feed, article)
);

-- Equal while nothing that the document is made from can have changed; empty: that is to be looked at.
alter table receipt add column stamp bytea not null default '';
