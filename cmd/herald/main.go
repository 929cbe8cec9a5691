// Command herald publishes RSS, Atom and JSON feeds and a sitemap of the articles that lie in
// folders, keeps them true as the articles change, and tells search engines and hubs.
//
// Each subcommand has a file of its own, and screen.go what several of them print. wiring.go maps
// the config to the rooms' settings with the tables of sources.go and targets.go; nothing else in
// the program reads the config.
package main

import (
	"context"
	"os"
	"time"
	_ "time/tzdata" // zones by name, also where the machine has none

	"herald/cmd/internal/heap"
)

func main() {
	heap.Bound()
	os.Exit(run(context.Background(), process{
		args:   os.Args[1:],
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		env:    os.Environ(),
		now:    time.Now,
	}))
}
