package main

import (
	"herald/cmd/internal/publish"
	"herald/config"
)

// What publish.to names is opened here and nowhere else: a folder. Another kind of sink is a case in each.

// openSink opens where documents go, for writing.
func openSink(to config.Path) (publish.Sink, error) { return publish.OpenDir(to.Abs) }

// viewSink opens where documents are, for reading only; nothing is made.
func viewSink(to config.Path) publish.Sink { return publish.View(to.Abs) }

// checkSink returns why openSink would fail, without making anything; nil where it would not.
func checkSink(to config.Path) error { return publish.Writable(to.Abs) }
