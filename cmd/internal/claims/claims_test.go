package claims_test

import (
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/claims"
	"herald/cmd/internal/ledger/statefile"
)

// What stays wanted stays held; what cannot be had changes nothing; what is wanted no more is given up.
func TestClaims(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "a", "herald.db"), filepath.Join(t.TempDir(), "herald.db")
	c, err := claims.Claims{}.Claim(t.Context(), claims.Wants{State: one, Ports: map[string]string{"serve.listen": "127.0.0.1:0", "admin.listen": ""}})
	if err != nil {
		t.Fatal(err)
	}
	at := c.Reachable("serve.listen")
	if !strings.HasPrefix(at, "http://127.0.0.1:") || c.Port("admin.listen") != nil || c.Reachable("admin.listen") != "" {
		t.Errorf("got %s, want a port for readers alone", at)
	}
	if _, err := claims.Lock(one); !errors.As(err, new(*statefile.LockedError)) {
		t.Errorf("got %v, want the state held", err)
	}
	same, err := c.Claim(t.Context(), claims.Wants{State: two, Ports: map[string]string{"serve.listen": "127.0.0.1:0", "admin.listen": "192.0.2.1:1"}})
	if err == nil || same.Reachable("serve.listen") != at {
		t.Errorf("got %v and %s, want an error and what was held", err, same.Reachable("serve.listen"))
	}
	if lock, err := claims.Lock(two); err != nil {
		t.Errorf("got %v, want the second state free", err)
	} else if err := lock.Unlock(); err != nil {
		t.Error(err)
	}
	next, err := c.Claim(t.Context(), claims.Wants{State: two, Ports: map[string]string{"serve.listen": "127.0.0.1:0"}})
	if err != nil || next.Reachable("serve.listen") != at {
		t.Fatalf("got %v and %s, want the same port %s", err, next.Reachable("serve.listen"), at)
	}
	if err := c.Release(next); err != nil {
		t.Error(err)
	}
	if lock, err := claims.Lock(one); err != nil {
		t.Errorf("got %v, want the first state free", err)
	} else if err := lock.Unlock(); err != nil {
		t.Error(err)
	}
	if err := next.Release(claims.Claims{}); err != nil {
		t.Error(err)
	}
	if l, err := net.Listen("tcp", strings.TrimPrefix(at, "http://")); err != nil {
		t.Errorf("got %v, want the port free", err)
	} else {
		l.Close()
	}
}
