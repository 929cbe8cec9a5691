package config

import (
	"strings"
)

// refuse reports what the config asks for and this version does not do. Nothing is ignored.
func refuse(v *value, f *faults) {
	for _, name := range v.order {
		c := v.keys[name]
		if c.key.notYet && !isDefault(c) {
			f.add(c.keyAt, c.path, "is not in this version"+instead(c.key))
			c.bad = true
			continue
		}
		refuse(c, f)
	}
	for _, item := range v.items {
		refuse(item, f)
	}
}

func isDefault(v *value) bool {
	if v.key.kind == duration {
		return v.duration() == 0
	}
	return v.key.def != "" && strings.EqualFold(v.text, v.key.def)
}

// instead returns the hint with which value a key is allowed, so that a template can keep it.
func instead(k *key) string {
	if k.def == "" || inWords(k.def) {
		return ""
	}
	return "; only " + k.def + " is"
}
