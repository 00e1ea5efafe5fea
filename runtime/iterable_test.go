package runtime_test

import "testing"

// TestIterable has a script that names the symbol of for await only after it has
// a connection.
func TestIterable(t *testing.T) {
	_, w := onLine(t, `console.log(typeof ws[eval("Symbol.asyncIterator")]);`)
	compareLines(t, w.Lines(), []string{"function"})
}
