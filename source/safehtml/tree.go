package safehtml

const (
	headings = " h1 h2 h3 h4 h5 h6 "
	endOwn   = " li dt dd rt rp" + headings // elements that end another such one by their start tag
)

// closeFor closes what the start tag of name closes by itself (section 13.2.6.4.7).
func (s *sanitizer) closeFor(name string) {
	switch {
	case s.tooDeep > 0:
		return
	case name == "li":
		s.closeItem(" li ")
	case name == "dt" || name == "dd":
		s.closeItem(" dt dd ")
	case name == "rt" || name == "rp":
		if s.find(" ruby ", scopeDefault) >= 0 {
			s.closeImplied()
		}
	case name == "a" || kindOf(name) == tagEmbed:
		s.close(s.find(" a ", scopeDefault))
	}
	if isBlock(name) && name != "br" {
		s.close(s.find(" p ", scopeDefault))
	}
	if isHeading(name) {
		if at, shown := s.shown(); isHeading(shown) {
			s.closeTo(at)
		}
	}
}

// closeItem closes an open item of a list, unless a block other than a <div> or <p> lies between.
func (s *sanitizer) closeItem(names string) {
	for i := len(s.open) - 1; i >= 0; i-- {
		switch e := s.open[i]; {
		case containsWord(names, e.name):
			s.closeTo(i)
			return
		case e.written != "div" && e.written != "p" && isSpecial(e.written):
			return
		}
	}
}

// closeImplied closes the innermost elements whose end tag may be left out.
func (s *sanitizer) closeImplied() {
	for {
		at, shown := s.shown()
		if !containsWord(" dd dt li p rp rt ", shown) {
			return
		}
		s.closeTo(at)
	}
}

// closeNamed closes what the end tag of name ends. Where a block lies in a formatting element that ends, it ends
// too; the standard would make a second formatting element in the block.
func (s *sanitizer) closeNamed(name string) {
	switch {
	case name == "tbody" && s.find(" tbody ", scopeTable) < 0:
		if at := s.find(" tr ", scopeTable); at > 0 && s.open[at-1].name == "table" { // the <tbody> was implied
			s.closeTo(at)
		}
	case kindOf(name) == tagTable || name == "table":
		s.close(s.find(" "+name+" ", scopeTable))
	case isHeading(name):
		s.close(s.find(headings, scopeDefault))
	case name == "li":
		s.close(s.find(" li ", scopeList))
	case name == "form":
		s.endForm()
	case isBlock(name) || isFormatting(name):
		s.close(s.find(" "+name+" ", scopeDefault))
	default:
		for i := len(s.open) - 1; i >= 0 && (s.open[i].name == name || !isSpecial(s.open[i].name)); i-- {
			if s.open[i].name == name {
				s.closeTo(i)
				return
			}
		}
	}
}

// startForm reports whether a form may begin: not in another one, nor in a table beside the cells.
func (s *sanitizer) startForm() bool {
	if s.form != 0 {
		return false
	}
	s.form = -1
	return !s.betweenCells()
}

// endForm ends a form; elements that are open in it stay open.
func (s *sanitizer) endForm() {
	at := s.find(" form ", scopeDefault)
	mine := at >= 0 && at == s.form-1
	s.form = 0
	if mine {
		s.closeImplied()
		s.open[at].name, s.open[at].ended = "", true
		s.closeTo(len(s.open))
	}
}

// betweenCells reports whether the innermost table has no open cell or caption.
func (s *sanitizer) betweenCells() bool {
	at := s.find(scopeDefault, "")
	return at >= 0 && s.open[at].name == "table"
}

// closeTable closes the innermost table, unless a cell of it is open: a table in a table belongs into a cell.
func (s *sanitizer) closeTable() {
	if s.tooDeep == 0 && s.betweenCells() {
		s.closeTo(s.find(scopeTable, ""))
	}
}

// closeForPart makes the innermost table ready for the start tag of a part of it, and reports whether there is a
// table (section 13.2.6.4.9 and following). An implied <tbody> or <colgroup> is not written, an implied <tr> is.
func (s *sanitizer) closeForPart(name string) bool {
	table := s.find(" table ", "")
	if table < 0 || s.tooDeep > 0 {
		if table >= 0 && name != "col" {
			s.tooDeep++
		}
		return false
	}
	depth := table + 1
	nested := func(names string) {
		if depth < len(s.open) && containsWord(names, s.open[depth].name) {
			depth++
		}
	}
	switch name {
	case "col":
		nested(" colgroup ")
	case "tr":
		nested(" tbody thead tfoot ")
	case "td", "th":
		nested(" tbody thead tfoot ")
		nested(" tr ")
	}
	s.closeTo(depth)
	if cell := name == "td" || name == "th"; cell && s.current() != "tr" && depth < maxDepth {
		s.push(element{name: "tr", written: "tr"})
		s.out = append(s.out, "<tr>"...)
	}
	return true
}

// leaveColumns closes a <colgroup> before anything but a <col>.
func (s *sanitizer) leaveColumns() {
	if s.current() == "colgroup" {
		s.closeTo(len(s.open) - 1)
	}
}

// inTable reports whether the current element is a table or a part of it that holds no content itself. What stands
// there nevertheless is written before the table ("foster parenting", section 13.2.6.1).
func (s *sanitizer) inTable() bool {
	return containsWord(" table tbody thead tfoot tr ", s.current())
}

// asideName returns the name that an element before a table is written with: not one that would end an element
// around the table when it is read again.
func (s *sanitizer) asideName(e element) string {
	if !containsWord(endOwn, e.name) || s.find(endOwn, scopeMarker) < 0 {
		return e.written
	}
	if isBlock(e.name) {
		return "div"
	}
	return ""
}

// swap changes between the innermost table and the place before it.
func (s *sanitizer) swap() {
	before := &s.open[s.find(scopeTable, "")].before
	s.out, before.out = before.out, s.out
	s.start, before.start = before.start, s.start
	s.space, before.space = before.space, s.space
	s.image.at = -1
}

// isSpecial reports whether no end tag of an inline element reaches out of an element.
func isSpecial(name string) bool {
	return isBlock(name) && name != "dialog"
}

func isFormatting(name string) bool {
	return containsWord(" a b code em i s small strike strong u ", name)
}
