package engine

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Setting is one value of all that an engine works with.
type Setting struct {
	Key    string // as the operator knows it: "notify.delay"
	Value  string
	Secret bool // nobody may find out the value, however short it is
}

// Sealed is settings as a request carries them through the ledger: equal values are known, but none can be read.
type Sealed struct {
	Salt    []byte            `json:"salt"`
	Digests map[string]string `json:"digests"` // by key
}

// guessing is how often the digest of a secret is repeated: some milliseconds, so that trying all short values takes long.
const guessing = 20_000

// Seal seals settings with a salt of their own.
func Seal(all []Setting) (s Sealed, err error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return s, err
	}
	return seal(all, salt)
}

func seal(all []Setting, salt []byte) (Sealed, error) {
	s := Sealed{Salt: salt, Digests: map[string]string{}}
	for _, one := range all {
		sum := hmac.New(sha256.New, salt)
		sum.Write([]byte(one.Value))
		digest := sum.Sum(nil)
		if one.Secret {
			var err error
			if digest, err = pbkdf2.Key(sha256.New, one.Value, salt, guessing, len(digest)); err != nil {
				return s, err
			}
		}
		s.Digests[one.Key] = hex.EncodeToString(digest)
	}
	return s, nil
}

// Differ returns the keys of settings that one has otherwise than the other, in order.
func Differ(a, b []Setting) (keys []string) {
	values := map[string]string{}
	for _, s := range a {
		values[s.Key] = s.Value
	}
	for _, s := range b {
		if value, has := values[s.Key]; !has || value != s.Value {
			keys = append(keys, s.Key)
		}
		delete(values, s.Key)
	}
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// maxNamedKeys bounds the keys that a refusal names.
const maxNamedKeys = 3

// sameSettings returns an error that names what the settings of a request have other than ours; nil: nothing.
func sameSettings(ours []Setting, theirs Sealed) error {
	if len(theirs.Digests) == 0 {
		return errors.New("the command is of another version than the running herald: restart it with the same")
	}
	mine, err := seal(ours, theirs.Salt)
	if err != nil {
		return err
	}
	var other []string
	for key, digest := range mine.Digests {
		if theirs.Digests[key] != digest {
			other = append(other, key)
		}
	}
	for key := range theirs.Digests {
		if _, known := mine.Digests[key]; !known {
			other = append(other, key)
		}
	}
	if len(other) == 0 {
		return nil
	}
	slices.Sort(other)
	named := strings.Join(other[:min(maxNamedKeys, len(other))], ", ")
	if more := len(other) - maxNamedKeys; more > 0 {
		named = fmt.Sprintf("%s and %d more", named, more)
	}
	return fmt.Errorf("the running herald works with another config or an older one (%s): it takes up its own file within a second where that is good, and its log says why it is not; what the environment sets needs a restart", named)
}
