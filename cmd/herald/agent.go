package main

import "herald/config"

// version is the program's own, as the changelog names it.
const version = "0.1.0"

// product is our product token, which a robots.txt names us by (RFC 9309 section 2.2.1).
const product = "herald"

// agentOf is how we name ourselves where we ask.
func agentOf(c *config.Config) string { return product + "/" + version + " (+" + c.Site.URL + ")" }
