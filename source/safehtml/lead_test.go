package safehtml_test

import (
	"strings"
	"testing"

	"herald/source/safehtml"
)

// TestLead lists the comments that end a summary, and what is none.
func TestLead(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a</p><p>b</p><!--more--><p>c":      "a b",
		"a<!-- more -->b":                      "a",
		"a<!--\nMORE\n-->b":                    "a",
		"a<!--- more --->b":                    "a",
		"a<!--more Read on-->b":                "a",
		"a<!-- truncate -->b<!--more-->c":      "a",
		"a<!-- wp:more --><!--more-->b":        "a",
		"a<!--moreover-->b":                    "",
		"a<!-- no more -->b":                   "",
		"a<!--more":                            "",
		"<!--more-->a":                         "",
		"<script><!--more--></script>a":        "",
		"&lt;!--more--&gt;a":                   "",
		"a<template>b<!--more--></template>c":  "a",
		"<pre>a</pre><b hidden>b</b><!--more>": "",
	} {
		if got := safehtml.Lead(in); got != want {
			t.Errorf("Lead(%q): got %q, want %q", in, got, want)
		}
	}
}

// TestSummaryNotes: neither the marks of footnotes nor the footnotes are text of a summary.
func TestSummaryNotes(t *testing.T) {
	for in, want := range map[string]string{
		`<p>가격<sup><a href="https://a.example/p/#fn:1">1</a></sup>이 올랐다.</p>`:                                                                                  "가격이 올랐다.",
		`<p>가격<a href="#fn1">[12]</a>이</p><ol><li>하나</li></ol><p>끝</p><div><hr><ol><li><p>주&nbsp;<a href="#fnref1">↩︎</a></p></li></ol></div>뒤`:                "가격이 하나 끝",
		`<p>a<a href="#cite_note-2">[2]</a>b<a href="/w#footnote-x">*</a>`:                                                                                     "ab",
		`<p>a <a href="#fnord">bc</a> <a href="#fn:1">the whole note</a> <a href="#top">1</a>`:                                                                 "a bc the whole note 1",
		`<p>a<sup id="x0123abcd-fnref:1"><a href="#x0123abcd-fn:1">1</a></sup></p><ol><li id="x0123abcd-fn:1">b <a href="#x0123abcd-fnref:1">↩︎</a></li></ol>`: "a",
		`<p>a</p><p><a href="#fnref:1">↩</a> note</p>`:                                                                                                         "a note",
	} {
		if got := safehtml.Summarize(in); got != want {
			t.Errorf("Summarize(%q): got %q, want %q", in, got, want)
		}
	}
}

// TestLeadIsBounded holds that a summary is none of the whole text of a body whose mark is far away.
func TestLeadIsBounded(t *testing.T) {
	body := strings.Repeat("가나다 ", 1<<16) + "<!--more-->"
	if got := safehtml.Lead(body); got != "" {
		t.Errorf("got a summary of %d bytes, want none", len(got))
	}
}
