package ledger

import (
	"encoding/binary"
	"fmt"
	"io"
	"reflect"
)

// pack appends a value for unpacking by the same program: numbers as varints, text and lists behind their
// lengths, the fields of a struct in their order. The value must be addressable.
func pack(to []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		return append(binary.AppendUvarint(to, uint64(v.Len())), v.String()...)
	case reflect.Int64:
		return binary.AppendVarint(to, v.Int())
	case reflect.Bool:
		return append(to, byte(bit(v.Bool())))
	case reflect.Array: // of bytes
		return append(to, v.Bytes()...)
	case reflect.Slice:
		to = binary.AppendUvarint(to, uint64(v.Len()))
		for i := range v.Len() {
			to = pack(to, v.Index(i))
		}
		return to
	case reflect.Struct:
		for i := range v.NumField() {
			to = pack(to, v.Field(i))
		}
		return to
	}
	panic(fmt.Sprintf("pack: no form for %s", v.Type()))
}

// packed is what is left of what pack made.
type packed struct {
	bytes []byte
	text  string // the same: what is unpacked shares it
}

// unpack sets a value to what pack made it from; a list without elements is nil. It returns
// io.ErrUnexpectedEOF where that cannot be.
func (p *packed) unpack(v reflect.Value) (err error) {
	switch v.Kind() {
	case reflect.String:
		var text string
		if text, err = p.take(p.length()); err == nil {
			v.SetString(text)
		}
	case reflect.Int64:
		n, size := binary.Varint(p.bytes)
		v.SetInt(n)
		_, err = p.take(size)
	case reflect.Bool:
		var text string
		text, err = p.take(1)
		v.SetBool(text == "\x01")
	case reflect.Array:
		var text string
		text, err = p.take(v.Len())
		copy(v.Bytes(), text)
	case reflect.Slice:
		n := p.length()
		if n < 0 {
			return io.ErrUnexpectedEOF
		}
		if n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := 0; i < n && err == nil; i++ {
			err = p.unpack(v.Index(i))
		}
	case reflect.Struct:
		for i := 0; i < v.NumField() && err == nil; i++ {
			err = p.unpack(v.Field(i))
		}
	default:
		panic(fmt.Sprintf("unpack: no form for %s", v.Type()))
	}
	return err
}

// length reads the length of what follows; -1 where there is not so much.
func (p *packed) length() int {
	n, size := binary.Uvarint(p.bytes)
	if _, err := p.take(size); err != nil || n > uint64(len(p.bytes)) {
		return -1
	}
	return int(n)
}

func (p *packed) take(n int) (text string, err error) {
	if n < 0 || n > len(p.bytes) {
		return "", io.ErrUnexpectedEOF
	}
	text, p.bytes, p.text = p.text[:n], p.bytes[n:], p.text[n:]
	return text, nil
}
