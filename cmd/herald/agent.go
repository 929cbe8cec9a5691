package main

import "herald/config"

// version is the program's own, as the changelog names it.
const version = "0.1.0"

// agentOf is how we name ourselves where we ask.
func agentOf(c *config.Config) string { return "herald/" + version + " (+" + c.Site.URL + ")" }
