-- +goose Up

-- The names of living articles by which links may refer to them: of their files, and their titles, in one spelling. Made
-- from article once some article refers to another by a name.
create table name (
	value   bytea  not null,
	article bigint not null,
	primary key (value, article)
);
