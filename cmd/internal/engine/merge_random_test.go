package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// shared is a newsroom with three folders that hold copies of a few stories, and what must be true of it.
type shared struct {
	*newsroom
	rand  *rand.Rand
	order []string                      // the folders that the config names
	files map[string]map[int]*storyFile // folder -> story
	met   map[int]*metStory
	urls  map[string]string // what the world was told of URLs: the words, "" for removed
}

// storyFile is one copy of a story.
type storyFile struct {
	name, title, path, id string
	draft                 bool
}

// metStory is what readers know of a story.
type metStory struct {
	id        string
	published time.Time
}

var sharedFolders = []string{"가", "나", "다"}

func newShared(t testing.TB, seed uint64) *shared {
	s := &shared{newsroom: newNewsroom(t), rand: rand.New(rand.NewPCG(seed, 11)), order: slices.Clone(sharedFolders), files: map[string]map[int]*storyFile{}, met: map[int]*metStory{}, urls: map[string]string{}}
	s.tweak = append(s.tweak, func(c *settings) {
		c.Sources, c.Guard = nil, nil
		for _, folder := range s.order {
			src, err := files.New(files.Config{Root: s.path(folder), Place: folder, Reading: reader.Reading{Pattern: "/:path/"}, Now: later})
			s.must(err)
			c.Sources = append(c.Sources, intake.Source{Name: folder, Source: src, ReadAs: src.ReadAs()})
		}
	})
	for _, folder := range sharedFolders {
		s.files[folder] = map[int]*storyFile{}
		s.must(os.Mkdir(s.path(folder), 0o755))
	}
	s.open()
	return s
}

// put writes a file of a story.
func (s *shared) put(folder string, story int, f *storyFile) {
	s.files[folder][story] = f
	text := fmt.Sprintf("---\ntitle: %s\npermalink: %s\n", f.title, f.path)
	if f.id != "" {
		text += "id: " + f.id + "\n"
	}
	if f.draft {
		text += "draft: true\n"
	}
	s.must(os.WriteFile(s.path(folder, f.name), []byte(text+"---\n\n본문\n"), 0o644))
}

// random returns one of some words.
func (s *shared) random(words []string) string { return words[s.rand.IntN(len(words))] }

// step does one thing that an operator could.
func (s *shared) step() string {
	story, folder := s.rand.IntN(5), s.random(sharedFolders)
	f := s.files[folder][story]
	switch what := s.rand.IntN(9); {
	case f == nil || what == 0: // a copy comes, or is written anew; of the stories 0 to 2 all copies claim one id, the others have one URL
		f := &storyFile{name: fmt.Sprintf("글-%d.md", story), title: fmt.Sprintf("소식 %d", s.rand.IntN(3)), path: fmt.Sprintf("/%d/", story)}
		if story < 3 {
			f.id = fmt.Sprintf("urn:x:%d", story)
			if s.rand.IntN(2) == 0 {
				f.path = fmt.Sprintf("/%d-%d/", story, slices.Index(sharedFolders, folder))
			}
		}
		if was := s.files[folder][story]; was != nil {
			f.name = was.name
		}
		s.put(folder, story, f)
		return fmt.Sprintf("write %s %d %+v", folder, story, *f)
	case what < 3:
		s.must(os.Remove(s.path(folder, f.name)))
		delete(s.files[folder], story)
		return fmt.Sprintf("remove %s %d", folder, story)
	case what == 3:
		s.must(os.Remove(s.path(folder, f.name)))
		f.name = fmt.Sprintf("다른-%d-%d.md", story, s.rand.IntN(9))
		s.put(folder, story, f)
		return fmt.Sprintf("rename %s %d", folder, story)
	case what == 4:
		f.draft = !f.draft
		s.put(folder, story, f)
		return fmt.Sprintf("draft %s %d %v", folder, story, f.draft)
	case what == 5:
		f.title = fmt.Sprintf("소식 %d", s.rand.IntN(3))
		s.put(folder, story, f)
		return fmt.Sprintf("title %s %d %s", folder, story, f.title)
	case what == 6: // the config changes
		s.order = slices.Clone(sharedFolders)
		s.rand.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		s.order = s.order[:1+s.rand.IntN(len(s.order))]
		s.open()
		return "order " + strings.Join(s.order, " ")
	case what == 7:
		to := s.random(sharedFolders)
		if s.files[to][story] == nil {
			s.must(os.Remove(s.path(folder, f.name)))
			delete(s.files[folder], story)
			s.put(to, story, f)
		}
		return fmt.Sprintf("move %s %d to %s", folder, story, to)
	}
	for folder, stories := range s.files {
		for story, f := range stories {
			s.put(folder, story, f)
		}
	}
	return "touch"
}

// leading returns the copy of a story that counts, nil if there is none.
func (s *shared) leading(story int) *storyFile {
	for _, folder := range s.order {
		if f := s.files[folder][story]; f != nil {
			return f
		}
	}
	return nil
}

// judge says what is not as it must be.
func (s *shared) judge() (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	items := map[string]item{}
	for _, i := range s.items() {
		items[i.URL] = i
	}
	now := map[string]string{}
	for story := range 5 {
		f := s.leading(story)
		if f == nil || f.draft {
			continue
		}
		url := base + f.path
		i, shown := items[url]
		if !shown {
			say("story %d is not shown at %s", story, url)
			continue
		}
		now[url] = f.title
		delete(items, url)
		if i.Title != f.title {
			say("story %d: title %q, want %q", story, i.Title, f.title)
		}
		was := s.met[story]
		if was == nil {
			was = &metStory{i.ID, i.Published}
			s.met[story] = was
			if f.id != "" && i.ID != f.id {
				say("story %d: id %q, want %q", story, i.ID, f.id)
			}
		}
		if i.ID != was.id || !i.Published.Equal(was.published) {
			say("story %d: id %q of %s, was %q of %s", story, i.ID, i.Published, was.id, was.published)
		}
	}
	for url := range items {
		say("%s is shown", url)
	}
	s.urls = now
	return wrong
}

// told says what the world is to hear of: URLs whose words are others, and those that are gone.
func changedURLs(before, after map[string]string) (urls []string) {
	for url, title := range after {
		if before[url] != title {
			urls = append(urls, url)
		}
	}
	for url := range before {
		if _, still := after[url]; !still {
			urls = append(urls, url)
		}
	}
	return urls
}

// Whatever happens to the copies of stories in three folders, and to the order of these: each story is shown once, as the first folder
// that holds it has it, under the id and the date that it had at first, and is told when what is shown differs.
func TestCopiesInSeveralSourcesAreOneArticle(t *testing.T) {
	count := number(t, "HERALD_MERGES", 8)
	for seed := range uint64(count) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := newShared(t, seed)
			var lived []string
			for range 6 {
				lived = append(lived, s.step())
			}
			first := map[string]bool{}
			for range 26 {
				for range 1 + s.rand.IntN(2) {
					lived = append(lived, s.step())
				}
				before, all := maps.Clone(s.urls), len(first) == len(sharedFolders)
				report := s.build(engine.BuildOptions{Notify: true})
				for _, scan := range report.Sources {
					if scan.First {
						first[scan.Source] = true
					}
				}
				heard, _ := s.world.heard()
				if s.read("feed.json") == "" {
					continue
				}
				wrong := s.judge()
				if all {
					want := changedURLs(before, s.urls)
					slices.Sort(heard)
					slices.Sort(want)
					if !slices.Equal(heard, want) {
						wrong = append(wrong, fmt.Sprintf("told of %q, want %q", heard, want))
					}
				}
				if len(wrong) > 0 {
					t.Fatalf("%s\nafter\n%s", strings.Join(wrong, "\n"), strings.Join(lived, "\n"))
				}
				s.sameAsClean()
				docs := s.documents()
				s.build(engine.BuildOptions{Notify: true})
				if heard, _ := s.world.heard(); len(heard) > 0 || !maps.Equal(docs, s.documents()) {
					t.Fatalf("an idle build tells of %q\nafter\n%s", heard, strings.Join(lived, "\n"))
				}
			}
		})
	}
}
