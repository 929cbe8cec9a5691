// Compare runs two herald binaries over the same inputs and lists where they differ for operators
// and readers. .ci/compare builds and starts it, and says what it covers.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
)

const usage = `usage: .ci/compare [flags] OLD_BINARY NEW_BINARY [ARTICLES_DIR]
       .ci/compare [flags] --commits OLD NEW [ARTICLES_DIR]
       .ci/compare [flags] --time OLD_BINARY NEW_BINARY
       .ci/compare --list
`

// errDiffers says that the work was done and found a difference.
var errDiffers = errors.New("the binaries differ")

// options is the command line.
type options struct {
	repository string
	report     string
	only       string
	keep       bool
	list       bool
	time       bool
	runs       int
	binaries   [2]string
	articles   string // a folder of the caller's own articles, or ""
}

func main() {
	if len(os.Args) > 2 {
		switch os.Args[1] {
		case clockWord:
			exit(stopClock(os.Args[2:]))
		case filterWord:
			exit(0, filtered(os.Args[2:]))
		}
	}
	err := compare(os.Args[1:], os.Stdout)
	if errors.Is(err, errDiffers) {
		os.Exit(1)
	}
	exit(0, err)
}

// exit ends the process, with 2 after an error.
func exit(status int, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		status = 2
	}
	os.Exit(status)
}

func compare(args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.time {
		return measure(o, out)
	}
	all, err := allSets(o)
	if err != nil {
		return err
	}
	if o.list {
		for _, s := range all {
			fmt.Fprintf(out, "%-14s %s\n", s.name, s.about)
		}
		return nil
	}
	return compareSets(o, all, out)
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprint(flags.Output(), usage); flags.PrintDefaults() }
	flags.StringVar(&o.repository, "repository", ".", "the checkout whose tests and example are inputs")
	flags.StringVar(&o.report, "report", "", "an empty `folder` for the report (default: a new one below $TMPDIR)")
	flags.StringVar(&o.only, "only", "", "only the sets whose name matches this `pattern`")
	flags.BoolVar(&o.keep, "keep", false, "keep the results of sets that are the same, too")
	flags.BoolVar(&o.list, "list", false, "list the sets and end")
	flags.BoolVar(&o.time, "time", false, "measure cold, idle and one-edit builds instead")
	flags.IntVar(&o.runs, "runs", 5, "with --time: how often each binary is measured")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.list {
		return o, nil
	}
	if flags.NArg() < 2 || flags.NArg() > 3 {
		return o, errors.New("want two binaries and at most one folder of articles; --help says more")
	}
	for i := range o.binaries {
		path, err := filepath.Abs(flags.Arg(i))
		if err != nil {
			return o, err
		}
		if _, err := os.Stat(path); err != nil {
			return o, err
		}
		o.binaries[i] = path
	}
	if flags.NArg() == 3 {
		o.articles = flags.Arg(2)
	}
	return o, o.openReport()
}

// openReport sees to an empty folder for the report.
func (o *options) openReport() (err error) {
	if o.report == "" {
		o.report, err = os.MkdirTemp("", "herald-compare-")
		return err
	}
	if o.report, err = filepath.Abs(o.report); err != nil {
		return err
	}
	if err := os.MkdirAll(o.report, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(o.report)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty", o.report)
	}
	return err
}

// compareSets runs as many sets at a time as there are cores, and prints their verdicts in order.
func compareSets(o options, all []set, out io.Writer) error {
	only, err := regexp.Compile(o.only)
	if err != nil {
		return err
	}
	verdicts := make([]chan verdict, len(all))
	for i, s := range all {
		if only.MatchString(s.name) {
			verdicts[i] = make(chan verdict, 1)
		}
	}
	next := make(chan int, len(all))
	for i := range all {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			for i := range next {
				if verdicts[i] != nil {
					verdicts[i] <- all[i].compare(o)
				}
			}
		})
	}
	r := report{out: out, folder: o.report, keep: o.keep}
	for i, s := range all {
		if verdicts[i] != nil {
			r.add(s, <-verdicts[i])
		}
	}
	wg.Wait()
	return r.close()
}
