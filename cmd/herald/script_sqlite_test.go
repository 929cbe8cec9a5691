package main

import (
	"database/sql"

	"github.com/rogpeppe/go-internal/testscript"
)

// sqliteFile FILE STATEMENT... writes a file of SQLite. The driver is the one of the program.
func sqliteFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: sqlite FILE STATEMENT...")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	for _, statement := range args[1:] {
		_, err := db.Exec(statement)
		ts.Check(err)
	}
}
