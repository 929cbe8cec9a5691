package ledger

// The names of single values, for Meta and SetMeta.
const (
	MetaSiteURL         = "site_url"
	MetaAuthority       = "authority"        // the host that tag: ids are minted under, for ever
	MetaIndexNowKey     = "indexnow_key"     // made once, or the operator's
	MetaSitemapIndex    = "sitemap_index"    // "1": the sitemap is an index, and stays one
	MetaSitemapLimits   = "sitemap_limits"   // of its files, as they were last held
	MetaHoldsReported   = "holds_reported"   // the last number given to a hold when a command last reported those that stood
	MetaDaemon          = "daemon"           // the last herald run that took the state: an engine.Daemon in JSON
	MetaSources         = "sources"          // those that the config named at the last scan, in their order, as JSON
	MetaRecoveredOldest = "recovered_oldest" // the oldest of all dates that came back when the ledger was lost, in milliseconds

	metaLastHold = "last_hold" // the last number given to a hold
	metaNames    = "names"     // "1": names are kept, see KeepNames
	metaChanges  = "changes"   // see Changes
)

// MemoryOf is the name of what a source remembers, see source.Remembering.
func MemoryOf(source string) string { return "memory " + source }

// SaidOf is the name of what the server of a source said of the next request, see remote.Said.
func SaidOf(source string) string { return "said " + source }

// ForgetMemory lets a source list everything at its next scan.
func (t *Tx) ForgetMemory(source string) error {
	if was, err := t.Meta(MemoryOf(source)); err != nil || was == "" {
		return err
	}
	return t.SetMeta(MemoryOf(source), "")
}

// KindSitemapChild is the kind, in its receipt, of a sitemap that an index names.
const KindSitemapChild = "shard"

// KindArchive begins the kinds, in their receipts, of the archive documents of feeds; the format follows.
const KindArchive = "archive-"
