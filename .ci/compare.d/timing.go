package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"
)

// sample is what one build took.
type sample struct {
	cpu, wall time.Duration
	memory    int64 // the most that was resident, in bytes
}

// builds are the ways to build that are measured.
var builds = []string{"cold", "idle", "one edit"}

// timer measures both binaries by turns, at the same place.
type timer struct {
	folder   string
	binaries [2]string
	corpus   corpus
	site     *site
	samples  map[string]*[2][]sample
}

// measure prints the medians of cold, idle and one-edit builds, old beside new, for 10,000 and
// 20,000 articles. The clock runs here.
func measure(o options, out io.Writer) error {
	fmt.Fprintf(out, "medians of %d runs, by turns; CPU is user and system time together, a ratio is new to old\n", o.runs)
	for _, count := range []int{10_000, 20_000} {
		t := timer{folder: filepath.Join(o.report, "time"), binaries: o.binaries, corpus: corpus{seed: 7, count: count, plain: true}, samples: map[string]*[2][]sample{}}
		if err := t.run(o.runs); err != nil {
			return err
		}
		if err := t.print(out); err != nil {
			return err
		}
	}
	return os.RemoveAll(o.report)
}

func (t *timer) run(runs int) (err error) {
	if err := os.RemoveAll(t.folder); err != nil {
		return err
	}
	if t.site, err = newSite(t.folder, nil); err != nil {
		return err
	}
	for _, b := range builds {
		t.samples[b] = &[2][]sample{}
	}
	t.corpus.put(t.site, "articles")
	t.site.config(plainConfig(""))
	time.Sleep(3 * time.Second) // herald reads a file again that is younger than two
	for run := range runs + 1 {
		for which := range t.binaries {
			if err := t.round(run, which); err != nil {
				return err
			}
		}
	}
	return nil
}

// round measures each build once; the first round only warms up.
func (t *timer) round(run, which int) error {
	t.site.loseState()
	t.site.remove("public")
	for _, b := range builds {
		if b == "one edit" {
			name, text := t.corpus.file(run)
			t.site.write("articles/"+name, text+fmt.Sprintf("\n고친 말 %d-%d\n", run, which))
		}
		if t.site.err != nil {
			return t.site.err
		}
		s, err := t.build(which)
		if err != nil {
			return fmt.Errorf("%s build: %w", b, err)
		}
		if run > 0 {
			t.samples[b][which] = append(t.samples[b][which], s)
		}
	}
	return nil
}

func (t *timer) build(which int) (sample, error) {
	cmd := exec.Command(t.binaries[which], "build")
	cmd.Dir = t.folder
	begun := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("%w\n%s", err, out)
	}
	p := cmd.ProcessState
	usage := p.SysUsage().(*syscall.Rusage)
	return sample{cpu: p.UserTime() + p.SystemTime(), wall: time.Since(begun), memory: usage.Maxrss << 10}, nil
}

func (t *timer) print(out io.Writer) error {
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(to, "articles\tbuild\tCPU old\tnew\tratio\twall old\tnew\tratio\tMB old\tnew\tratio\t")
	for _, b := range builds {
		fmt.Fprintf(to, "%d\t%s\t", t.corpus.count, b)
		seconds := func(v float64) string { return time.Duration(v).Round(time.Millisecond).String() }
		t.column(to, b, seconds, func(s sample) float64 { return float64(s.cpu) })
		t.column(to, b, seconds, func(s sample) float64 { return float64(s.wall) })
		t.column(to, b, func(v float64) string { return fmt.Sprintf("%.0f", v/1e6) }, func(s sample) float64 { return float64(s.memory) })
		fmt.Fprintln(to)
	}
	return to.Flush()
}

// column prints the medians of a value and their ratio.
func (t *timer) column(to io.Writer, build string, show func(float64) string, value func(sample) float64) {
	var medians [2]float64
	for which, samples := range t.samples[build] {
		values := make([]float64, len(samples))
		for i, s := range samples {
			values[i] = value(s)
		}
		slices.Sort(values)
		medians[which] = values[len(values)/2]
	}
	fmt.Fprintf(to, "%s\t%s\t%.2f\t", show(medians[0]), show(medians[1]), medians[1]/medians[0])
}
