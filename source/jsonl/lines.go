package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"herald/source"
)

// lines takes up the rows of JSON Lines. Lines without anything are passed over.
func (b *building) lines(in *bufio.Reader) error {
	var room []byte
	for line := 1; ; line++ {
		raw, size, err := readLine(in, &room)
		if err != nil && err != io.EOF {
			return err
		}
		at := b.at
		b.at += size
		row := bytes.TrimLeft(raw, " \t\r\n")
		at += int64(len(raw) - len(row))
		row = bytes.TrimRight(row, " \t\r\n")
		if err == io.EOF && len(row) > 0 && !json.Valid(row) {
			return fmt.Errorf("line %d: %w", line, errUnfinished)
		}
		if len(row) > 0 {
			key, why := b.lineKey(row, size > maxRowBytes)
			if err := b.add(row, at, line, key, why); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// lineKey returns the key of a line, or why it has none.
func (b *building) lineKey(row []byte, tooLong bool) (key, why string) {
	key, whole := b.wanted.keyOf(b.index, row)
	if key != "" {
		return checkKey(key)
	}
	switch {
	case tooLong:
		return "", errTooLong.Error()
	case whole:
		return "", noKey
	case row[0] == '[':
		return "", "it is a JSON array; one object a line is wanted"
	}
	return "", "the line is not a JSON object"
}

// readLine returns the next line with its end, and its size in the file. Of one that is too long it returns the beginning. The bytes hold
// until the next call.
func readLine(in *bufio.Reader, room *[]byte) (line []byte, size int64, err error) {
	part, err := in.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return part, int64(len(part)), err
	}
	*room = append((*room)[:0], part...)
	size = int64(len(part))
	for err == bufio.ErrBufferFull {
		part, err = in.ReadSlice('\n')
		size += int64(len(part))
		if len(*room) <= maxRowBytes {
			*room = append(*room, part...)
		}
	}
	return *room, size, err
}

// lineFields returns the members of the object in a line.
func lineFields(line string) (map[string]any, error) {
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.UseNumber()
	var fields map[string]any
	err := decoder.Decode(&fields)
	if err == nil && fields == nil {
		return nil, source.Refuse(0, 0, "the line is not a JSON object")
	}
	if err == nil {
		if _, more := decoder.Token(); more == io.EOF {
			return fields, nil
		}
		return nil, source.Refuse(0, column(line, decoder.InputOffset()), "there is more after the JSON object; one object a line is wanted")
	}
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return nil, source.Refuse(0, column(line, syntax.Offset), "no valid JSON here")
	case errors.As(err, &shape):
		return nil, source.Refuse(0, 0, "the line is not a JSON object")
	}
	return nil, source.Refuse(0, column(line, int64(len(line))), "the JSON object has no end")
}

// column returns the column of the character before an offset.
func column(line string, offset int64) int {
	return max(utf8.RuneCountInString(line[:min(int(offset), len(line))]), 1)
}
