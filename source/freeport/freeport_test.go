package freeport_test

import (
	"net"
	"testing"

	"herald/source/freeport"
)

// A port that was found can be listened at, and is not one that the system gives to others.
func TestFind(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 100 {
		at, err := freeport.Address()
		if err != nil {
			t.Fatal(err)
		}
		found, err := net.Listen("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		found.Close()
		if port, systems := found.Addr().(*net.TCPAddr).Port, l.Addr().(*net.TCPAddr).Port; port >= systems && systems >= 32768 {
			t.Errorf("got port %d, want one below those of the system", port)
		}
	}
}
