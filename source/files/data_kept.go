package files

import (
	"sync"

	"herald/source/preset"
)

// dataFiles keeps what was read of files that hold fields for others (preset.Preset.DataFiles), so that one is read once for all
// articles that it concerns.
type dataFiles struct {
	mu   sync.Mutex
	read map[string]dataFile // by key
}

// dataFile is one of them as it was when it had this stamp.
type dataFile struct {
	stamp string
	data  preset.Data
}

// get returns what was read of a file when it had a stamp; one that is empty is no stamp.
func (k *dataFiles) get(name, stamp string) (d preset.Data, found bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	known := k.read[name]
	return known.data, stamp != "" && known.stamp == stamp
}

func (k *dataFiles) put(name, stamp string, d preset.Data) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.read == nil {
		k.read = map[string]dataFile{}
	}
	k.read[name] = dataFile{stamp, d}
}
