package hostnet

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxCodings is how many times a body may be compressed.
const maxCodings = 4

// The errors of a body that can't be decompressed.
var (
	errCoding  = responseError("the response is not compressed as its Content-Encoding says")
	errCodings = responseError(fmt.Sprintf("the response is compressed more than %d times", maxCodings))
)

// undoCodings undoes the codings of a body. One that is not known is left to
// the extension, with all others, as the Fetch standard has it.
func (x *fetch) undoCodings(sent io.Reader, header []string) (io.Reader, error) {
	var codings []string
	for coding := range strings.SplitSeq(strings.Join(header, ","), ",") {
		switch coding = strings.ToLower(strings.Trim(coding, " \t")); coding {
		case "", "identity":
		case "gzip", "x-gzip", "deflate":
			codings = append(codings, coding)
		default:
			return sent, nil
		}
	}
	if len(codings) > maxCodings {
		return nil, errCodings
	}
	for _, coding := range slices.Backward(codings) {
		sent = &decompressor{ctx: x.ctx, from: bufio.NewReader(sent), coding: coding, left: x.fetcher.namespace.opts.MaxBody}
	}
	return sent, nil
}

// A decompressor undoes one coding. A body of no bytes stays one. What it yields
// is bounded, and it ends with ctx, since a few bytes can keep it busy for long.
type decompressor struct {
	ctx    context.Context
	from   *bufio.Reader
	coding string
	left   int64
	to     io.Reader // made by the first Read
}

func (d *decompressor) Read(p []byte) (int, error) {
	if d.ctx.Err() != nil {
		return 0, context.Cause(d.ctx)
	}
	if d.to == nil {
		if err := d.begin(); err != nil {
			return 0, err
		}
	}
	n, err := d.to.Read(p)
	if d.left -= int64(n); d.left < 0 {
		return n, errLargeBody
	}
	if err != nil && err != io.EOF && err != errLargeBody {
		err = errCoding
	}
	return n, err
}

func (d *decompressor) begin() error {
	head, err := d.from.Peek(2)
	switch {
	case len(head) == 0:
		return err
	case d.coding != "deflate":
		d.to, err = gzip.NewReader(d.from)
	case len(head) == 2 && isZlib(head):
		d.to, err = zlib.NewReader(d.from)
	default: // Some servers leave out what zlib puts around it.
		d.to, err = flate.NewReader(d.from), nil
	}
	if err != nil {
		return errCoding
	}
	return nil
}

// isZlib reports whether the bytes are a header of RFC 1950 section 2.2.
func isZlib(head []byte) bool {
	return head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0
}
