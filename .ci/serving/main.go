// Command serving measures what a request for a feed of 60 kB costs: `herald run` beside nginx, Caddy and a bare
// net/http handler that holds the same bytes, where they are installed. Run it as
//
//	go run ./.ci/serving HERALD_BINARY
//
// It wants wrk, taskset and two cores: the server gets one (GOMAXPROCS=1, one worker), wrk the other. Each kind of request
// is asked of each server by turns, in three rounds; the least cost of the three counts. The cost is the CPU time of the
// server's processes divided by the requests answered, and so hardly moves on a machine that does other work beside.
package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	rounds   = 3
	duration = "4s"
	clients  = "32"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == "bare" {
		fmt.Fprintln(os.Stderr, bare(os.Args[2], os.Args[3]))
		os.Exit(1)
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./.ci/serving HERALD_BINARY")
		os.Exit(2)
	}
	if err := measure(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// load is one kind of request.
type load struct{ name, header string }

// bare answers with the bytes in memory, as little as a handler of net/http can do.
func bare(address, path string) error {
	plain, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	packed, err := os.ReadFile(path + ".gz")
	if err != nil {
		return err
	}
	const tag = `"0123456789abcdef0123456789abcdef"`
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head, body := w.Header(), plain
		head.Set("Etag", tag)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Header.Get("Accept-Encoding") != "" {
			head.Set("Content-Encoding", "gzip")
			body = packed
		}
		head.Set("Content-Type", "application/rss+xml; charset=utf-8")
		head.Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}))
}

func measure(herald string) error {
	herald, err := filepath.Abs(herald)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "serving")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.Chmod(work, 0o755); err != nil { // nginx reads as a user of its own
		return err
	}
	feed, err := publish(herald, work)
	if err != nil {
		return err
	}
	servers, err := start(herald, work)
	defer func() {
		for _, s := range servers {
			s.end()
		}
	}()
	if err != nil {
		return err
	}
	fmt.Printf("feed.xml of %d bytes; CPU time a request in µs, the least of %d rounds of %s\n\n| | 200 | 200 gzip | 304 |\n|---|---|---|---|\n", feed, rounds, duration)
	for range rounds {
		for i := range loads {
			for _, s := range servers {
				if err := s.ask(i); err != nil {
					return err
				}
			}
		}
	}
	for _, s := range servers {
		fmt.Printf("| %s |", s.name)
		for i := range loads {
			fmt.Printf(" %.1f |", s.least[i])
		}
		fmt.Println()
	}
	return nil
}

var loads = [...]load{{"200", ""}, {"gzip", "Accept-Encoding: gzip"}, {"304", "If-None-Match: "}}

// publish builds a site whose feed is about 60 kB and returns its size.
func publish(herald, work string) (int64, error) {
	for i := range 20 {
		words := strings.Repeat(fmt.Sprintf("The %dth street of the old town is open again. ", i), 60)
		text := fmt.Sprintf("---\ntitle: Street %d\ndate: 2026-01-%02d\n---\n%s\n", i, i+1, words)
		if err := write(filepath.Join(work, "articles", fmt.Sprintf("street-%02d.md", i)), text); err != nil {
			return 0, err
		}
	}
	config := "site: {url: \"https://news.example.org\", title: T}\nsources: [{path: ./articles, watch: false}]\nserve: {listen: \"" + heraldAt + "\"}\n"
	if err := write(filepath.Join(work, "herald.yaml"), config); err != nil {
		return 0, err
	}
	if out, err := exec.Command(herald, "build", "-c", filepath.Join(work, "herald.yaml")).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("herald build: %w\n%s", err, out)
	}
	return pack(filepath.Join(work, "public", "feed.xml"))
}

func write(path, text string) error {
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644))
}

// pack writes path.gz for the servers that send ready files, and returns the size of path.
func pack(path string) (int64, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	f, err := os.Create(path + ".gz")
	if err != nil {
		return 0, err
	}
	z := gzip.NewWriter(f)
	_, err = z.Write(body)
	return int64(len(body)), errors.Join(err, z.Close(), f.Close())
}

// server is one that is measured.
type server struct {
	name, address string
	cmd           *exec.Cmd
	tag           string // of feed.xml
	least         [len(loads)]float64
}

const heraldAt, bareAt, nginxAt, caddyAt = "127.0.0.1:18411", "127.0.0.1:18412", "127.0.0.1:18413", "127.0.0.1:18414"

// start starts what is installed, each on the first core.
func start(herald, work string) ([]*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	public := filepath.Join(work, "public")
	nginx := "worker_processes 1; daemon off; pid " + work + "/nginx.pid; error_log /dev/null;\nevents {}\nhttp { types { application/rss+xml xml; } access_log off; sendfile on; keepalive_requests 100000000; server { listen " + nginxAt + "; root " + public + "; gzip_static on; } }\n"
	caddy := "{\n\tadmin off\n\tauto_https off\n}\nhttp://" + caddyAt + " {\n\troot * " + public + "\n\tfile_server {\n\t\tprecompressed gzip\n\t}\n}\n"
	if err := errors.Join(write(work+"/nginx.conf", nginx), write(work+"/Caddyfile", caddy)); err != nil {
		return nil, err
	}
	var started []*server
	for _, s := range []struct {
		name, address string
		args          []string
	}{
		{"bare net/http", bareAt, []string{self, "bare", bareAt, public + "/feed.xml"}},
		{"herald run", heraldAt, []string{herald, "run", "-c", work + "/herald.yaml"}},
		{"nginx (sendfile, gzip_static)", nginxAt, []string{"nginx", "-c", work + "/nginx.conf"}},
		{"Caddy (precompressed gzip)", caddyAt, []string{"caddy", "run", "--adapter", "caddyfile", "--config", work + "/Caddyfile"}},
	} {
		if _, err := exec.LookPath(s.args[0]); err != nil {
			fmt.Println(s.name, "is not installed and was left out")
			continue
		}
		one := &server{name: s.name, address: s.address, cmd: exec.Command("taskset", append([]string{"-c", "0"}, s.args...)...)}
		one.cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "HOME="+work)
		if err := one.cmd.Start(); err != nil {
			return started, err
		}
		started = append(started, one)
		if err := one.stands(); err != nil {
			return started, err
		}
	}
	return started, nil
}

// stands waits until the server answers, and notes the tag of the feed.
func (s *server) stands() error {
	var last error
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		var res *http.Response
		if res, last = http.Get("http://" + s.address + "/feed.xml"); last != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			s.tag = res.Header.Get("Etag")
			return nil
		}
		last = errors.New(res.Status)
	}
	return fmt.Errorf("%s does not answer: %w", s.name, last)
}

func (s *server) end() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

var total = regexp.MustCompile(`(\d+) requests in`)

// ask sends requests of one kind for a while and keeps the least cost.
func (s *server) ask(kind int) error {
	header := loads[kind].header
	if strings.HasSuffix(header, "Match: ") {
		header += s.tag
	}
	args := []string{"-c", "1", "wrk", "-t1", "-c" + clients, "-d" + duration}
	if header != "" {
		args = append(args, "-H", header)
	}
	before, err := s.ticks()
	if err != nil {
		return err
	}
	out, err := exec.Command("taskset", append(args, "http://"+s.address+"/feed.xml")...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("wrk: %w\n%s", err, out)
	}
	after, err := s.ticks()
	if err != nil {
		return err
	}
	found := total.FindSubmatch(out)
	if found == nil {
		return fmt.Errorf("wrk said nothing of requests:\n%s", out)
	}
	requests, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil || requests == 0 {
		return fmt.Errorf("%s answered nothing:\n%s", s.name, out)
	}
	if cost := (after - before) * 1e4 / requests; s.least[kind] == 0 || cost < s.least[kind] {
		s.least[kind] = cost
	}
	return nil
}

// ticks is the CPU time of the server and its children so far, in hundredths of a second (proc(5)).
func (s *server) ticks() (float64, error) {
	sum := 0.0
	pids := []string{strconv.Itoa(s.cmd.Process.Pid)}
	children, _ := os.ReadFile("/proc/" + pids[0] + "/task/" + pids[0] + "/children")
	for _, pid := range append(pids, strings.Fields(string(children))...) {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			return 0, err
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		for _, at := range []int{11, 12} { // utime, stime
			n, err := strconv.ParseFloat(fields[at], 64)
			if err != nil {
				return 0, err
			}
			sum += n
		}
	}
	return sum, nil
}
