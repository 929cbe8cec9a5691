-- +goose Up

-- The id that a new article gets where it claims none; empty: its URL.
alter table stage add column minted bytea not null default '';
