package status

import (
	"context"
	"errors"
	"slices"

	"herald/cmd/internal/intake"
	"herald/cmd/internal/links"
	"herald/cmd/internal/outbox"
	"herald/source"
)

// Anything answers for whatever the operator names: an article by its file, key, id or URL, a file that is none, and what Elsewhere
// knows of.
func (r *Reporter) Anything(ctx context.Context, what string) ([]Explanation, error) {
	names := []string{what}
	for _, s := range r.config.Sources {
		names = append(names, r.keys(ctx, s, what)...)
	}
	for _, name := range names {
		if all, err := r.Explain(ctx, name); !errors.Is(err, ErrUnknown) {
			return all, err
		}
	}
	if x := r.noArticle(ctx, what); x != nil {
		return []Explanation{*x}, nil
	}
	return r.Elsewhere(ctx, what)
}

// folder returns the folder that the keys of a source are paths below; nil: of none.
func (r *Reporter) folder(name string) *source.Folder {
	all := r.config.Links.Sources
	if i := slices.IndexFunc(all, func(s links.Source) bool { return s.Name == name }); i >= 0 {
		return all[i].Folder
	}
	return nil
}

// keys returns the keys that what the operator names may have in a source: those of a file by its
// path from the current folder and from the config's; in a source whose entries are no files, the name
// itself, or what stands at that place.
func (r *Reporter) keys(ctx context.Context, s intake.Source, what string) (keys []string) {
	if placed, ok := s.Source.(source.Placed); ok {
		if key, found := placed.KeyAt(ctx, what); found {
			return []string{key}
		}
	}
	folder := r.folder(s.Name)
	if folder == nil {
		return []string{what}
	}
	for _, path := range r.files(what) {
		if key, inside := folder.Key(path); inside {
			keys = append(keys, key)
		}
	}
	return keys
}

// noArticle explains what a source has, and of which the ledger knows nothing; nil: there is none.
func (r *Reporter) noArticle(ctx context.Context, what string) *Explanation {
	for _, s := range r.config.Sources {
		explainer, ok := s.Source.(source.Explainer)
		if !ok {
			continue
		}
		for _, key := range r.keys(ctx, s, what) {
			why, found := explainer.WhyNot(ctx, key)
			if !found {
				continue
			}
			x := &Explanation{Source: s.Name, Key: key, State: "no article", Why: []string{why}, Documents: []string{}, Told: []outbox.Notice{}}
			if why == "" {
				x.State, x.Why = "new", []string{"no scan has taken it in yet: herald build does"}
			}
			return x
		}
	}
	return nil
}
