package sdk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// TestPatternOutside has patterns for which the bundler would search folders
// outside of the package, and tell the extension what is there.
func TestPatternOutside(t *testing.T) {
	for _, call := range []string{
		"require('../q/' + say)",
		"require ( /* ( */ '../' + say)",
		"require(`../${say}`)",
		"require(`.${'.'}/${say}`)",
		"require(`.${'./'}` + '..' + '/' + say)",
		"require('.' + ('./' + say))",
		"require('\\x2e./' + say)",
		"require('./\\u{2e}\\56/../' + say)",
		"require(say ? './a' + say : '../' + say)",
		"require(/\"/.test(say) ? '../' + say : 1)",
		"requir\\u0065('../' + say)",
		"\\u{0072}equire('../' + say)",
		"import('../' + say)",
		"require(('./a' + (say)) ? '../' + say : 1)",
		"require((say ? './a' : './b') ? ('../' + say) : 1)",
		"import // (\n(`./x/../../${say}`, { with: { type: 'text' } })",
	} {
		for _, file := range []string{"main.js", "sub/deep.js"} {
			if file != "main.js" {
				call = strings.ReplaceAll(call, "../", "../../")
			}
			folder := lay(t, "-- p/main.js --\nimport './sub/deep.js'\n-- p/sub/deep.js --\n\n-- q/a.js --\nsay('secret')")
			write(t, filepath.Join(folder, "p", file), call+"\n")
			if file != "main.js" && !strings.Contains(call, "../../") {
				continue
			}
			_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "p", "main.js")})
			if err == nil || !strings.Contains(err.Error(), file+":1:") || !strings.Contains(err.Error(), "what is imported by a pattern can't be outside of the package") {
				t.Errorf("%s in %s: got %v", call, file, err)
			}
		}
	}
}

// TestPatternInside has what looks like the former, and is none.
func TestPatternInside(t *testing.T) {
	for _, call := range []string{
		"require('../lang/' + 'a')",
		"require(say ? '../lang/a' : '../lang/b')",
		"require('../lang/' + (say ? 'a' : '../../b') + '.js')",
		"require('../lang/' + ['a', '../../..'][0] + '.js')",
		"(x => require('../lang/a'))('../../..' + say)",
		"require('../lang/' + 'a/x'.replace(/\\/x/, '') + '.js')",
		"obj.important.replace(/x/, '../../..' + say) || require('../lang/a')",
		"/\\u200d(..)/.test('../..' + say) || require('../lang/a')",
		"obj.prequire('../../..' + say) || require('../lang/a')",
	} {
		bundled, err := bundle(t, "-- src/main.js --\nvar obj = { prequire() {}, important: '' }; say("+call+")\n-- lang/a.js --\nmodule.exports = 1\n-- lang/b.js --\nmodule.exports = 2\n-- ../x.js --\n")
		if err != nil {
			t.Errorf("%s: %v", call, err)
			continue
		}
		if got := play(t, bundled); got != "1" {
			t.Errorf("%s: said %q", call, got)
		}
	}
}

// TestPatternHidden has a pattern that nobody sees before the bundler does.
func TestPatternHidden(t *testing.T) {
	folder := lay(t, "-- p/main.js --\nrequire('./a' + /\"/.test(say) ? '../q/' + say : 1)\n-- q/a.js --\nsay('secret')")
	_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "p", "main.js")})
	if err == nil || !strings.Contains(err.Error(), `"../q/a.js" is outside of the package that imports it`) {
		t.Errorf("got %v", err)
	}
}

// TestPatternByLink searches what a link in the package leads to.
func TestPatternByLink(t *testing.T) {
	folder := lay(t, "-- p/main.js --\nrequire('./q/' + say)\n-- q/a.js --\nsay('secret')")
	if err := os.Symlink("../q", filepath.Join(folder, "p", "q")); err != nil {
		t.Skip(err)
	}
	_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "p", "main.js")})
	if got := first(t, err).Text; got != "what is imported by a pattern can't be outside of the package, and a link leads there" {
		t.Errorf("got %s", got)
	}
}

// TestPatternOfMany searches a folder with more in it than can be searched.
func TestPatternOfMany(t *testing.T) {
	folder := lay(t, "-- main.js --\nrequire('./a/' + say)\n-- a/x.js --\n")
	for i := range 50 {
		for j := range 101 {
			name := filepath.Join(folder, "a", fmt.Sprint(i), fmt.Sprint(j))
			if j == 0 {
				os.Mkdir(filepath.Dir(name), 0o755)
			}
			if err := os.WriteFile(name, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.js")})
	if got := first(t, err).Text; got != "an import by a pattern searches more than 5000 files and folders" {
		t.Errorf("got %s", got)
	}
}

// TestPatternCost nests calls, each of whose arguments is read anew.
func TestPatternCost(t *testing.T) {
	call := strings.Repeat("require(", 1500) + "'" + strings.Repeat("x", 1<<20) + "'" + strings.Repeat(")", 1500)
	_, err := bundle(t, "-- main.js --\n"+call)
	if got := first(t, err).Text; got != "calls of require or import nest too deeply in each other" {
		t.Errorf("got %s", got)
	}
}
