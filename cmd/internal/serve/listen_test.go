package serve_test

import (
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"

	"herald/cmd/internal/serve"
)

// A port that is taken names who has it, and what to do.
func TestAPortInUseNamesItsHolder(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = serve.Listen(t.Context(), l.Addr().String())
	want := "serve.listen: " + l.Addr().String() + " is in use by another program"
	if runtime.GOOS == "linux" {
		want = fmt.Sprintf("serve.listen: %s is in use by process %d (", l.Addr(), os.Getpid())
	}
	if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "write another port") {
		t.Errorf("got %v, want %s…", err, want)
	}
	if _, err = serve.Listen(t.Context(), "192.0.2.1:8080"); err == nil || !strings.Contains(err.Error(), `":8080" means all`) {
		t.Errorf("got %v, want what to write", err)
	}
	free, err := serve.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
}
