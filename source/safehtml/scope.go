package safehtml

// Scopes (HTML Living Standard, section 13.2.4.2): the elements that hide those further out.
const (
	scopeDefault = " table td th caption "
	scopeList    = " table td th caption ul ol " // a <menu> or <dir> is none
	scopeTable   = " table "
	scopeMarker  = " td th caption " // formatting elements do not reach into these
)

func containsWord(words, word string) bool {
	for i := 0; i+len(word)+2 <= len(words); i++ {
		if words[i] == ' ' && words[i+len(word)+1] == ' ' && words[i+1:i+1+len(word)] == word {
			return true
		}
	}
	return false
}
