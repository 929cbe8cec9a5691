-- +goose Up

-- An entry of a source whose article an entry of another source leads, with its place and its URL; 0: it is none.
alter table seen add column copy bigint not null default 0;
alter table seen add column place text not null default '';
alter table seen add column url bytea not null default '';
create index seen_copy on seen (article, source) where copy = 1;

-- How many entries of a source are copies.
alter table source add column copies bigint not null default 0;
