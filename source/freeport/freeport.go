// Package freeport finds a port for a program that a test starts.
package freeport

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
)

const (
	least    = 10_000 // below are those of programs that people run
	attempts = 100
)

// Find returns a port of this machine's own address at which nobody listens. It is none that the system hands out by itself: such a one may
// be another connection's by the time that the program listens.
func Find() (int, error) {
	most, err := systems()
	if err != nil {
		return 0, err
	}
	for range attempts {
		port := least + rand.IntN(most-least)
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, err
}

// systems returns the first port that the system hands out by itself.
func systems() (int, error) {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if errors.Is(err, os.ErrNotExist) {
		return 32768, nil // where Linux begins; others begin above
	}
	first := 0
	if err == nil {
		_, err = fmt.Sscan(string(text), &first)
	}
	if err == nil && first <= least {
		first = 32768 // it hands out all of them: there is none that is better than another
	}
	return first, err
}

// Address is Find with the address: "127.0.0.1:12345".
func Address() (string, error) {
	port, err := Find()
	return fmt.Sprintf("127.0.0.1:%d", port), err
}
