package manual

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// page returns the manual page of a command in the man macros of roff.
func page(c *cobra.Command, version string, built time.Time) string {
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	p := &roff{}
	p.line(".TH %s 1 %s %s", quoted(strings.ToUpper(pageName(c))), `"`+built.UTC().Format(time.DateOnly)+`"`, quoted(c.Root().Name()+" "+version))
	p.section("NAME")
	p.text(pageName(c) + " - " + c.Short)
	p.section("SYNOPSIS")
	p.line(".B %s", escaped(c.CommandPath()))
	p.text(synopsis(c))
	p.section("DESCRIPTION")
	if c.Long == "" {
		p.text(c.Short + ".")
	}
	p.text(c.Long)
	if all := listed(c); len(all) > 0 {
		p.section("COMMANDS")
		for _, sub := range all {
			p.tagged(sub.CommandPath()+strings.TrimPrefix(sub.Use, sub.Name()), sub.Short)
		}
	}
	p.flags("OPTIONS", c.NonInheritedFlags().FlagUsages())
	p.flags("OPTIONS OF ALL COMMANDS", c.InheritedFlags().FlagUsages())
	if c.HasParent() && !strings.Contains(c.Long, "Exit status") {
		p.section("EXIT STATUS")
		_, status, _ := strings.Cut(c.Root().Long, "Exit status: ")
		p.text(status)
	}
	if c.Example != "" {
		p.section("EXAMPLES")
		p.verbatim(c.Example)
	}
	p.also(c)
	return p.String()
}

// synopsis returns what stands behind the name of a command.
func synopsis(c *cobra.Command) string {
	rest := strings.TrimPrefix(c.Use, c.Name())
	if len(listed(c)) > 0 {
		rest += " COMMAND"
	}
	return strings.TrimSpace("[OPTIONS]" + rest)
}

// also names the pages of the command above and of those below.
func (p *roff) also(c *cobra.Command) {
	var names []string
	if c.HasParent() {
		names = append(names, pageName(c.Parent())+"(1)")
	}
	for _, sub := range listed(c) {
		names = append(names, pageName(sub)+"(1)")
	}
	p.section("SEE ALSO")
	p.text(strings.Join(names, ", "))
}

// roff is a page that is being written.
type roff struct{ strings.Builder }

func (p *roff) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *roff) section(name string) { p.line(".SH %s", name) }

// text writes paragraphs; lines in them are filled.
func (p *roff) text(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			p.line(".PP")
		}
		if paragraph != "" {
			p.line("%s", escaped(paragraph))
		}
	}
}

// tagged writes what is explained, and its explanation.
func (p *roff) tagged(tag, text string) {
	p.line(".TP\n.B %s\n%s", escaped(tag), escaped(text))
}

// flags writes flags as --help lists them: "  -c, --config FILE   the config".
func (p *roff) flags(name, usages string) {
	if usages == "" {
		return
	}
	p.section(name)
	for line := range strings.Lines(usages) {
		flag, text, _ := strings.Cut(strings.TrimSpace(line), "   ")
		p.tagged(flag, strings.TrimSpace(text))
	}
}

// verbatim writes lines as they are.
func (p *roff) verbatim(text string) {
	p.line(".nf")
	for line := range strings.Lines(text) {
		p.line("%s", escaped(strings.TrimPrefix(strings.TrimRight(line, "\n"), "  ")))
	}
	p.line(".fi")
}

// escaped returns a text in which nothing is an instruction to roff: not a backslash, nor a dot or an apostrophe that begins a line;
// hyphens stay those of ASCII, so that what is copied from a page can be typed.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "~", `\(ti`, "^", `\(ha`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// quoted returns one argument of a macro.
func quoted(text string) string { return `"` + strings.ReplaceAll(escaped(text), `"`, `\(dq`) + `"` }

// listed returns the commands below one, as --help lists them.
func listed(c *cobra.Command) (all []*cobra.Command) {
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && !sub.IsAdditionalHelpTopicCommand() {
			all = append(all, sub)
		}
	}
	return all
}

// pageName returns the name of a command's page: "herald-state-dump".
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }
