package bucket

import (
	"maps"

	"herald/source"
	"herald/source/spool"
)

// holds reports whether an object is kept as it is listed.
func (s *Source) holds(o object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept[o.key]
	return k != nil && k.print == o.print && o.print != (print{}) && k.refusal == nil
}

// keep keeps what was read of an object until it is applied. spool.ErrFull: there is no room.
func (s *Source) keep(o object, body []byte, refusal *source.ArticleError) error {
	k := &kept{print: o.print, refusal: refusal}
	if refusal == nil {
		var err error
		if k.place, err = s.spool.Add(body); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[o.key] = k
	return nil
}

// forget lets go of an object that was applied.
func (s *Source) forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, key)
}

// tidy lets go of objects that are not listed any more, and of the room that objects had which are gone. It is called by who fetches,
// before any are added.
func (s *Source) tidy(l *listing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.kept, func(key string, _ *kept) bool { return l.find(key) == nil })
	size := int64(0)
	for _, k := range s.kept {
		size += k.place.Size()
	}
	if 2*size >= s.spool.Size() {
		return
	}
	fresh := new(spool.Spool)
	for key, k := range s.kept {
		moved := *k
		if k.refusal == nil {
			body, err := s.spool.Read(k.place)
			if err == nil {
				moved.place, err = fresh.Add(body)
			}
			if err != nil {
				delete(s.kept, key) // it is asked for again
				continue
			}
		}
		s.kept[key] = &moved
	}
	s.spool = fresh
}
