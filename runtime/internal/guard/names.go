package guard

// Names are the built-in functions that a script mentions, by the words in its
// source. nil stands for all of them.
type Names map[string]bool

// NamesIn returns which guarded functions the sources mention. Code that can
// make code mentions everything. Any goroutine may call it; it reads each source
// once, so that the result is worth keeping beside a compiled program.
//
// A script that hides a name ('fl' + 'at') gets the unguarded function. That is
// no loss: who wants to harm can do so with operators alone, which nothing can
// guard. What is guarded against is honest code that meets a hostile number.
func NamesIn(sources ...string) Names {
	found := make(Names)
	for _, src := range sources {
		for i := 0; i < len(src); {
			if !isLetter(src[i]) {
				i++
				continue
			}
			start := i
			for i < len(src) && isLetter(src[i]) {
				i++
			}
			word := src[start:i]
			if word == "eval" || word == "Function" {
				return nil
			}
			if guarded[word] {
				found[word] = true
			}
		}
	}
	return found
}

// guarded are all words that matter, but for eval, Function, and JSON, which is
// guarded always: messages from servers go through it.
var guarded = func() Names {
	all := Names{"apply": true, "construct": true, "ArrayBuffer": true, "repeat": true, "padStart": true, "padEnd": true}
	for _, name := range []string{"concat", "flat", "toLocaleString", "from"} {
		all[name] = true
	}
	for _, name := range walkers {
		all[name] = true
	}
	for name := range elementSizes {
		all[name] = true
	}
	return all
}()

// isLetter reports whether c may be part of a guarded name: digits are, as in
// Uint8Array.
func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
}

// mentions reports whether the function is to be guarded.
func (n Names) mentions(name string) bool {
	return n == nil || n[name]
}
