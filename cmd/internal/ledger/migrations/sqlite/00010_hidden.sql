-- +goose Up

-- Living articles that no document shows: drafts, those to come, expired ones, those that wait for their URL. They are counted for every report.
create index article_hidden on article (source) where in_feed = 0 and in_sitemap = 0 and removed_at = 0;
