package sdk

import "bytes"

// A piece is a token of a source, as far as it matters where texts are.
type piece struct {
	kind  pieceKind
	start int
	end   int
}

type pieceKind uint8

const (
	codePiece  pieceKind = iota // a byte
	textPiece                   // a string, or a template up to its end or its next "${", or from "}" on
	notePiece                   // a comment
	slashPiece                  // a slash that begins no comment: from here on only a parser can tell texts from code
)

// pieces reads a source from a place where code is.
type pieces struct {
	source []byte
	at     int
	open   []byte // the brackets, with ` for "${"
}

// next is the next piece; there has to be one.
func (p *pieces) next() piece {
	start, kind := p.at, codePiece
	p.at++
	switch c := p.source[start]; c {
	case '\'', '"', '`':
		kind, p.at = textPiece, endOfText(p.source, start, c)
	case '/':
		kind, p.at = p.slash(start)
	case '(', '[', '{':
		p.open = append(p.open, c)
	case ')', ']', '}':
		if last := len(p.open) - 1; last >= 0 {
			if p.open[last] == '`' {
				kind, p.at = textPiece, endOfText(p.source, start, '`')
			}
			p.open = p.open[:last]
		}
	}
	if kind == textPiece && bytes.HasSuffix(p.source[start:p.at], []byte("${")) {
		p.open = append(p.open, '`')
	}
	return piece{kind, start, p.at}
}

// slash is what a slash begins, and where that ends.
func (p *pieces) slash(start int) (pieceKind, int) {
	rest := p.source[start:]
	if len(rest) < 2 || rest[1] != '/' && rest[1] != '*' {
		return slashPiece, start + 1
	}
	if rest[1] == '*' {
		return notePiece, endOfComment(p.source, start)
	}
	if end := bytes.IndexAny(rest, "\n\r\u2028\u2029"); end >= 0 {
		return notePiece, start + end
	}
	return notePiece, len(p.source)
}

// endOfText is the offset behind a literal, or the part of a template up to its
// next "${". A string ends with its line at the latest.
func endOfText(source []byte, at int, quote byte) int {
	for at++; at < len(source); at++ {
		switch c := source[at]; {
		case c == quote, quote != '`' && (c == '\n' || c == '\r'):
			return at + 1
		case c == '\\':
			at++
		case quote == '`' && c == '$' && at+1 < len(source) && source[at+1] == '{':
			return at + 2
		}
	}
	return len(source)
}
