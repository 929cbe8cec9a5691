-- +goose Up

-- Since when the source of an article lists it no more, while it stays public; 0: it lists it, or the article is removed.
alter table article add column missing_since bigint not null default 0;
create index article_missing on article (source) where missing_since <> 0;
create index article_page on article (source) where (flags & 64) <> 0;

-- Articles that enter the documents once their URL answers 200, with the last answer.
create table awaited (
	article bigint not null primary key,
	quiet   integer not null, -- it is no news: its source was scanned for the first time
	next    bigint not null, -- when it is to be asked
	asks    bigint not null,
	asked   bigint not null, -- when it last was
	url     blob   not null, -- where
	answer  text   not null, -- in words; '': 200
	live    integer not null
);
