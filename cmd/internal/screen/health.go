package screen

// Health is whether the running herald is alive.
type Health struct {
	Alive bool   `json:"alive"`
	Asked string `json:"asked"` // an address, or the state whose lock was looked at
	Error string `json:"error,omitempty"`
}

// Health prints whether the running herald is alive.
func (s Screen) Health(r Health) {
	if r.Alive {
		s.Printf("alive (%s)", r.Asked)
		return
	}
	s.Printf("not alive (%s): %s", r.Asked, r.Error)
}
