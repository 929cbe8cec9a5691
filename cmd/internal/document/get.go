package document

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"herald/source/weburl"
)

// Get reads a document of at most limit bytes. The client follows no redirects itself; each address that a server names is
// asked as its guard allows. An error names the document and the cause.
func Get(ctx context.Context, client *http.Client, agent, name string, limit int64) (*Document, error) {
	scheme, _, _ := weburl.CutScheme(name)
	if scheme != "http" && scheme != "https" {
		return readFile(name, limit)
	}
	a, err := Ask(ctx, client, Request{URL: name, Agent: agent, Limit: limit})
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("read %s: answered %d %s", name, a.Status, http.StatusText(a.Status))
	}
	if err != nil {
		return nil, err
	}
	return &a.Document, nil
}

func readFile(name string, limit int64) (*Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	defer f.Close()
	body, err := Whole(f, limit)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	return &Document{Body: body}, nil
}
