package config

import "log/slog"

// Secret is a text that never prints: not by fmt, not as JSON, not in logs. Reveal gives it to
// the one place that needs it.
type Secret struct{ text string }

const hidden = "***"

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal gives the text itself.
func (s Secret) Reveal() string { return s.text }

// String gives "***".
func (s Secret) String() string { return hidden }

// GoString gives "***", for %#v.
func (s Secret) GoString() string { return hidden }

// MarshalText gives "***", for JSON and YAML alike.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue gives "***" (log/slog).
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
