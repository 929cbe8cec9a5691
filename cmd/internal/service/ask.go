package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// askWithin is how long Ask waits for an answer.
const askWithin = 5 * time.Second

// Ask asks at a port of this machine, as a config names it ("host:port"), and returns the address that was asked. It is an
// error unless the status is one of those that are good.
func Ask(ctx context.Context, listen, path string, good ...int) (asked string, err error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen, err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	asked = "http://" + net.JoinHostPort(host, port) + path
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, asked, nil)
	if err != nil {
		return asked, err
	}
	answer, err := http.DefaultClient.Do(q)
	if request := (*url.Error)(nil); errors.As(err, &request) {
		err = request.Err // the address is returned beside it
	}
	if err != nil {
		return asked, err
	}
	defer answer.Body.Close()
	if !slices.Contains(good, answer.StatusCode) {
		err = fmt.Errorf("answered %s", answer.Status)
	}
	return asked, err
}
