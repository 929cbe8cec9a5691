-- +goose Up

-- How long a target is left alone.
create table pause (
	target   text   not null,
	channel  text   not null,
	since    bigint not null, -- of the answer that brought it
	until    bigint not null, -- Retry-After, backoff
	failures bigint not null, -- one after another
	primary key (target, channel)
);
