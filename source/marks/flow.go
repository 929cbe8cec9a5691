package marks

import (
	"regexp"
	"strings"

	"herald/source"
	"herald/source/marks/syntax"
)

var assignment = regexp.MustCompile(`^([\pL_][\pL\pN_.-]*)\s*=\s*(.+)$`)

// assign remembers what "{% assign x = … %}" says, where that is known.
func assign(e *expander, m syntax.Mark, _ string) {
	if end := e.ends.Find(m); m.Name == "set" && !strings.Contains(m.Args, "=") && end.End > 0 {
		inner := e.text[m.End:end.Start]
		m.End = end.End
		capture(e, m, inner)
		return
	}
	e.drop(m)
	parts := assignment.FindStringSubmatch(strings.Join(strings.Fields(m.Args), " "))
	if parts == nil {
		return
	}
	if v, known := e.evaluate(parts[2]); known {
		e.remember(parts[1], v, true)
	} else {
		e.remember(parts[1], "", false)
	}
}

// maxNames of variables that a body may have.
const maxVariables = 200

// remember keeps the value of a variable, or that it is not known.
func (e *expander) remember(name, v string, known bool) {
	delete(e.vars, name)
	delete(e.unknown, name)
	switch {
	case len(e.vars)+len(e.unknown) >= maxVariables:
	case known:
		e.vars[name] = v
	default:
		e.unknown[name] = true
	}
}

// maxCaptures is how deep captures in captures are looked into.
const maxCaptures = 2

// capture remembers the text between two tags.
func capture(e *expander, m syntax.Mark, inner string) {
	e.drop(m)
	name := strings.Trim(m.Args, `"' `)
	if e.depth >= maxCaptures {
		e.remember(name, "", false)
		return
	}
	part := newExpander(source.Body{Markup: source.HTML, Text: inner}, e.facts, e.tags, e.depth+1)
	part.vars, part.added, part.phrases = e.vars, e.added, e.phrases
	v := part.run()
	e.added, e.phrases = part.added, part.phrases
	e.remember(name, strings.TrimSpace(v), part.dropped.count == 0)
}

var loopVariable = regexp.MustCompile(`^\(?([\pL_][\pL\pN_]*)`)

// loop drops a loop whose text is made from what it loops over; the text of another one stays.
func loop(e *expander, m syntax.Mark, _ string) {
	e.dropped.add(m)
	name := loopVariable.FindStringSubmatch(m.Args)
	end, known := e.loopEnds()[m.Start]
	if name == nil || !known || !e.mentions(e.text[m.End:end.Start], name[1]) {
		e.drop(m)
		return
	}
	m.End = end.End
	e.drop(m)
}

// maxLooked is how many bytes of loops are searched for their variables.
const maxLooked = 4 << 20

// mentions reports whether a template shows a variable.
func (e *expander) mentions(s, name string) bool {
	if e.looked += len(s); e.looked > maxLooked {
		return false
	}
	for at := 0; ; at++ {
		next := strings.IndexByte(s[at:], '{')
		if next < 0 {
			return false
		}
		at += next
		m, ok := syntax.Read(s, at)
		if !ok {
			continue
		}
		if inside := s[m.Start:m.End]; m.Form != syntax.EscapedForm && containsWord(inside, name) {
			return true
		}
		at = m.End - 1
	}
}

// containsWord reports whether a name stands in a text, not as a part of another.
func containsWord(s, name string) bool {
	for {
		at := strings.Index(s, name)
		if at < 0 {
			return false
		}
		before, after := byte(' '), byte(' ')
		if at > 0 {
			before = s[at-1]
		}
		if at+len(name) < len(s) {
			after = s[at+len(name)]
		}
		if !isNameByte(before) && !isNameByte(after) {
			return true
		}
		s = s[at+len(name):]
	}
}

func isNameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

// loopEnds pairs the loops of the text with their ends.
func (e *expander) loopEnds() map[int]syntax.Mark {
	if e.loops != nil {
		return e.loops
	}
	e.loops = map[int]syntax.Mark{}
	var open []int
	for at := 0; ; {
		next := strings.Index(e.text[at:], "{%")
		if next < 0 {
			return e.loops
		}
		at += next
		m, ok := syntax.Read(e.text, at)
		if at += 2; ok {
			at = m.End
		}
		switch {
		case !ok || m.Form != syntax.TagForm:
		case m.Name == "for" || m.Name == "tablerow":
			open = append(open, m.Start)
		case (m.Name == "endfor" || m.Name == "endtablerow") && len(open) > 0:
			e.loops[open[len(open)-1]] = m
			open = open[:len(open)-1]
		}
	}
}

// Bounds of included files.
const maxIncluded = 100 << 10

// include writes a file without marks. A file that is itself a template is dropped, unless its name and arguments say
// what it shows: "{% include figure.html src=… %}".
func include(e *expander, m syntax.Mark, _ string) {
	name, rest, _ := strings.Cut(strings.TrimSpace(m.Args), " ")
	name = strings.Trim(name, `"'`)
	if e.facts.Include != nil && !strings.Contains(name, "{") {
		if s, ok := e.facts.Include(name); ok && len(s) <= maxIncluded && !strings.Contains(s, "{%") && !strings.Contains(s, "{{") {
			e.put(m, strings.TrimRight(s, "\n"))
			return
		}
	}
	base, _, _ := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ".")
	if t, ok := e.tags[strings.ToLower(base)]; ok && isMedia(strings.ToLower(base)) && strings.TrimSpace(rest) != "" {
		shown := m
		shown.Name, shown.Args = strings.ToLower(base), rest
		t.write(e, shown, "")
		return
	}
	e.dropUnknown(m)
}

// isMedia reports the names of what shows a picture, a video or the like from its arguments.
func isMedia(name string) bool {
	switch name {
	case "figure", "img", "image", "picture", "video", "audio", "youtube", "vimeo", "gist", "tweet", "twitter", "instagram":
		return true
	}
	return false
}
