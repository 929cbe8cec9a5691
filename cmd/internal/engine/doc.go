// Package engine decides when things happen.
package engine
