package edition

import (
	"strings"
	"testing"
)

// TestBodiesAreBounded holds that bodies are kept within maxBodies, those of the feed that is being rendered apart: they are
// rendered once for all of its formats.
func TestBodiesAreBounded(t *testing.T) {
	const size = 1 << 20
	c := &bodyCache{rendered: map[int64]renderedBody{}}
	body := renderedBody{content: strings.Repeat("a", size)}
	c.begin("main")
	for id := range int64(50) {
		c.add(id, body)
	}
	if len(c.rendered) != 50 {
		t.Errorf("%d bodies of the feed that is rendered are kept, want 50", len(c.rendered))
	}
	c.begin("other")
	c.use(0, c.rendered[0])
	c.add(100, body)
	for _, id := range []int64{0, 49, 100} {
		if _, kept := c.rendered[id]; !kept {
			t.Errorf("body %d was used lately and is forgotten", id)
		}
	}
	if _, kept := c.rendered[1]; kept || c.bytes != maxBodies || len(c.rendered)*size != maxBodies {
		t.Errorf("%d bytes in %d bodies, want %d; the oldest kept: %v", c.bytes, len(c.rendered), maxBodies, kept)
	}
	for id := range int64(50) {
		c.add(200+id, body)
	}
	all := map[int64]bool{}
	for id := range c.rendered {
		all[id] = true
	}
	c.keep(all)
	if c.bytes != maxBodies {
		t.Errorf("%d bytes stay between publications, want %d", c.bytes, maxBodies)
	}
}
