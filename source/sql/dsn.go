package sql

import (
	"errors"
	"path/filepath"
	"strings"
)

// parseDSN reads the address of a database. No error of it holds the address.
func parseDSN(dsn, dir string) (*base, error) {
	scheme, rest, found := strings.Cut(dsn, ":")
	switch strings.ToLower(scheme) {
	case "sqlite", "sqlite3":
		path := rest
		if below, isURL := strings.CutPrefix(rest, "//"); isURL {
			path = below
		}
		if !found || path == "" {
			return nil, errors.New("sqlite: wants the path of a file, such as sqlite:articles.db")
		}
		label := "sqlite:" + filepath.ToSlash(filepath.Clean(path))
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		return &base{dialect: sqliteFile{filepath.Clean(path)}, label: label}, nil
	case "postgres", "postgresql":
		return newPostgres(dsn)
	case "mysql", "mysql2", "mariadb":
		return newMySQL(dsn)
	}
	return nil, errNoAddress
}
