package source

// SummaryGraphemes is the greatest length of a cut summary, in grapheme clusters.
const SummaryGraphemes = 200

// Summarize cuts a plain-text summary from rendered HTML.
func Summarize(html string) string { return PlainText(html) }
