// Package memory is what a source is told before it is asked, and what is kept of it for the next scan, perhaps of another process: what it saw,
// when its server wants to be asked again, and what stands refused.
package memory

import (
	"encoding/json"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/remote"
)

// askedAlone is how many refused entries are asked for one by one at each scan. Where there are more, everything is listed.
const askedAlone = 20

// Of is a source whose memory is kept.
type Of struct {
	Name   string
	Source source.Source
	As     string // how its entries are read: what was seen while they were read otherwise says nothing
}

// Recall tells a source what it saw when it was applied last. It is to list everything where that was read otherwise, where much of it has to be
// asked for again whatever it says, and where anew says so.
func (o Of) Recall(tx *ledger.Tx, anew bool) error {
	if p, patient := o.Source.(remote.Patient); patient {
		said, err := Said(tx, o.Name)
		if err != nil {
			return err
		}
		p.Heed(said)
	}
	r, remembers := o.Source.(source.Remembering)
	if !remembers {
		return nil
	}
	kept, err := tx.Meta(ledger.MemoryOf(o.Name))
	if err != nil {
		return err
	}
	open, err := tx.OpenRefusals(o.Name)
	if err != nil {
		return err
	}
	as, memory, _ := strings.Cut(kept, "\n")
	r.Recall(memory, anew || as != o.As || open > o.alone())
	return nil
}

// alone is how many entries may be asked for one by one.
func (o Of) alone() int64 {
	if _, may := o.Source.(source.Incremental); may {
		return askedAlone
	}
	return 0
}

// Keep keeps what a source has seen and its server said. Of what is not applied, because of a fault or a hold, it keeps only that the server wants to
// be left alone.
func (o Of) Keep(tx *ledger.Tx, applied bool) error {
	if p, patient := o.Source.(remote.Patient); patient {
		if err := o.keepSaid(tx, p.Said(), applied); err != nil {
			return err
		}
	}
	r, remembers := o.Source.(source.Remembering)
	if !remembers || !applied {
		return nil
	}
	return set(tx, ledger.MemoryOf(o.Name), o.As+"\n"+r.Memory())
}

func (o Of) keepSaid(tx *ledger.Tx, said remote.Said, applied bool) error {
	if !applied {
		said.Fresh = 0
	}
	if said.Until == 0 && said.Fresh == 0 {
		return set(tx, ledger.SaidOf(o.Name), "")
	}
	text, err := json.Marshal(said)
	if err != nil {
		return err
	}
	return set(tx, ledger.SaidOf(o.Name), string(text))
}

// set writes a single value, if it is another.
func set(tx *ledger.Tx, name, value string) error {
	if was, err := tx.Meta(name); err != nil || was == value {
		return err
	}
	return tx.SetMeta(name, value)
}

// Said returns what the server of a source said last of the next request.
func Said(tx *ledger.Tx, name string) (said remote.Said, err error) {
	kept, err := tx.Meta(ledger.SaidOf(name))
	if err == nil && json.Unmarshal([]byte(kept), &said) != nil {
		said = remote.Said{} // what cannot be read was not said
	}
	return said, err
}
