package edition

import (
	"bytes"
	"crypto/rand"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

// keySet is the file that proves to IndexNow that the site is ours.
type keySet struct{ config *Config }

// Kinds returns the one kind. A key stays for as long as IndexNow is on: engines may still look for it.
func (s *keySet) Kinds() []Kind {
	k := Kind{Name: "key", MediaType: "text/plain", Leaving: document.Removed, Ours: func(path string, body []byte) bool {
		return string(bytes.TrimSpace(body))+".txt" == path
	}}
	if s.config.IndexNow.On {
		k.Leaving = document.Stays
	}
	return []Kind{k}
}

// Due reports whether the ledger does not hold the key yet.
func (s *keySet) Due(tx *ledger.Tx) (bool, error) {
	key, err := tx.Meta(ledger.MetaIndexNowKey)
	configured := s.config.IndexNow.Key
	return s.config.IndexNow.On && (key == "" || configured != "" && configured != key), err
}

// Prepare keeps the operator's key, or makes one, once.
func (s *keySet) Prepare(tx *ledger.Tx) error {
	due, err := s.Due(tx)
	if err != nil || !due {
		return err
	}
	key := s.config.IndexNow.Key
	if key == "" {
		newKey := s.config.IndexNow.NewKey
		if newKey == nil {
			newKey = func() (string, error) { return notify.NewKey(rand.Reader) }
		}
		if key, err = newKey(); err != nil {
			return err
		}
	}
	return tx.SetMeta(ledger.MetaIndexNowKey, key)
}

// Documents returns the key's file.
func (s *keySet) Documents(tx *ledger.Tx) ([]*Document, error) {
	if !s.config.IndexNow.On {
		return nil, nil
	}
	key, err := tx.Meta(ledger.MetaIndexNowKey)
	if err != nil {
		return nil, err
	}
	kind := s.Kinds()[0]
	d, err := Document{
		Kind: kind, Inputs: document.InputsOf(kind.Name, key),
		Render: func(*ledger.Tx) ([]byte, error) { return []byte(key), nil },
		Check:  func([]byte) error { return nil },
	}.At(s.config.Placement.Site, "/"+key+".txt")
	return []*Document{d}, err
}
