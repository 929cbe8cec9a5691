package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"sync"
)

// masked is shown in the place of a secret.
const masked = "…"

// shortestSecret is the least length of a secret in bytes: shorter ones would be found in all words.
const shortestSecret = 4

// mask writes what it is given without the secrets that it knows. What is written at once is looked at as one: a screen, a
// document, a line of the log. It may be used from several goroutines at once.
type mask struct {
	to      io.Writer
	secrets *secrets
}

// Write writes all of p, and reports it as written.
func (m mask) Write(p []byte) (int, error) {
	if _, err := m.to.Write(m.secrets.hide(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// secrets are the values that no screen shows, in each spelling that a screen may have of them.
type secrets struct {
	mu  sync.Mutex
	all [][]byte
}

// add takes a secret up.
func (s *secrets) add(value string) {
	if len(value) < shortestSecret {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	quoted, err := json.Marshal(value)
	if err == nil {
		s.all = append(s.all, bytes.Trim(quoted, `"`))
	}
	for _, spelled := range []string{value, url.QueryEscape(value), url.PathEscape(value)} {
		s.all = append(s.all, []byte(spelled))
	}
}

func (s *secrets) hide(p []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range s.all {
		p = bytes.ReplaceAll(p, secret, []byte(masked))
	}
	return p
}
