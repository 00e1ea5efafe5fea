package runtime

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
)

func TestParseManifest(t *testing.T) {
	got, err := parseManifest([]byte("\ufeff" + `{
		"id": "acme.tool", "name": "Tool", "version": "1.0.0-beta.1+5", "main": "dist/main.js", "Main": 7,
		"description": "d", "author": "a", "icon": "img/i.png", "categories": ["Tools"], "files": ["dist"], "ignore": ["*.log"],
		"activationEvents": ["onStartupFinished", "onCommand:acme.tool.go"], "engineVersion": ">=0.1.0 <2 || ^3.1",
		"permissions": ["fs", "network", "terminal", "fileSystem", "storage", "camera", "projectCreate"],
		"contributes": {
			"commands": [{"id": "acme.tool.go"}, {"id": "acme.tool.stop", "label": "Stop", "description": "Ends it", "category": "Tools"}],
			"codemirrorExtensions": [
				{"id": "a", "jsCode": "return []", "description": "d"},
				{"id": "b", "file": "dist/cm-b.js", "params": {"depth": [1, 2]}, "fileExtensions": [".md"]}],
			"themes": [{"id": "n", "label": "Night", "type": "dark", "appColors": {"text": "#fff"}, "editorColors": {"caret": "#00FF0080"}, "tokenColors": {}}],
			"settings": {"any": ["thing"]}
		},
		"other": null, "icons": {"id": 1, "id": 2}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Manifest{
		ID: "acme.tool", Name: "Tool", Version: "1.0.0-beta.1+5", Main: "dist/main.js", Description: "d", Author: "a", Icon: "img/i.png",
		Categories: []string{"Tools"}, Files: []string{"dist"}, Ignore: []string{"*.log"},
		ActivationEvents: []string{"onStartupFinished", "onCommand:acme.tool.go"}, EngineVersion: ">=0.1.0 <2 || ^3.1",
		Permissions: []string{"fileSystem", "terminal", "projectCreate"},
		Contributes: Contributions{
			Commands: []CommandContribution{
				{ID: "acme.tool.go", Label: "go", Category: "Extensions"},
				{ID: "acme.tool.stop", Label: "Stop", Description: "Ends it", Category: "Tools"}},
			CodeMirrorExtensions: []CodeMirrorContribution{
				{ID: "a", JSCode: "return []", Description: "d"},
				{ID: "b", File: "dist/cm-b.js", Params: []byte(`{"depth": [1, 2]}`), FileExtensions: []string{".md"}}},
			Themes: []ThemeContribution{{ID: "n", Label: "Night", Type: "dark", AppColors: map[string]string{"text": "#fff"},
				EditorColors: map[string]string{"caret": "#00FF0080"}, TokenColors: map[string]string{}}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestNullIsAbsent(t *testing.T) {
	got, err := parseManifest([]byte(`{"id": "m", "name": "M", "version": "1.0.0", "main": null, "author": null, "icon": "", "categories": null, "engineVersion": "", "contributes": null}`))
	if err != nil || !reflect.DeepEqual(got, &Manifest{ID: "m", Name: "M", Version: "1.0.0"}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// badManifests are texts and what is said of them. A text that is no whole
// object is put into one that is valid otherwise.
var badManifests = []struct{ text, want string }{
	{"{\n\n x}", `:3:2: is not valid JSON: invalid character 'x' looking for beginning of object key string`},
	{"", ": is empty: it has to be a JSON object with an id, a name and a version"},
	{"\ufeff \n", ": is empty: it has to be a JSON object with an id, a name and a version"},
	{"{\"id\": \"m\"", ":1:11: is not valid JSON: it ends too early: a bracket or a quote is not closed"},
	{"{\"id\": \"m\",\n}", `:2:1: is not valid JSON: invalid character '}' looking for beginning of object key string (the comma before it is one too many)`},
	{"{\n// id\n}", `:2:1: is not valid JSON: invalid character '/' looking for beginning of object key string (JSON has no comments)`},
	{"{'id': 1}", `:1:2: is not valid JSON: invalid character '\'' looking for beginning of object key string (JSON has double quotes only)`},
	{"{\"id\": \"m\"\n \"name\": \"M\"}", `:2:2: is not valid JSON: invalid character '"' after object key:value pair (a comma is missing before it)`},
	{"{\"\U0001F600\": x}", `:1:8: is not valid JSON: invalid character 'x' looking for beginning of value`},
	{"{} {}", ":1:4: is not valid JSON: invalid character '{' after top-level value"},
	{"{\"a\": \"\xff\"}", ":1:8: is not valid JSON: this byte, 0xff, is not UTF-8: save the file in that encoding"},
	{"\xff\xfe{\x00}\x00", ":1:1: is not valid JSON: this byte, 0xff, is not UTF-8: save the file in that encoding"},
	{`{"a": ` + strings.Repeat("[", 101), ":1:106: is not valid JSON: arrays and objects nest more than 100 levels deep"},
	{strings.Repeat("[", 1<<20), ":1:101: is not valid JSON: arrays and objects nest more than 100 levels deep"},
	{"[]", ":1:1: must be an object, not an array"},
	{"null", ":1:1: must be an object, not null"},
	{`{"name": "M", "version": "1.0.0"}`, `: field "id" is missing`},
	{`{"ID": "m", "name": "M", "version": "1.0.0"}`, `: field "id" is missing; there is "ID", but upper and lower case differ`},
	{`{"id": null}`, `: field "id" is missing`},
	{`{"id": ""}`, `:1:8: field "id" is empty`},
	{`{"id": 5}`, `:1:8: field "id" must be a string, not a number`},
	{`{"id": "a b"}`, `:1:8: field "id" is not a valid extension id: "a b"; it needs 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit`},
	{`{"id": "m", "version": "1.0.0"}`, `: field "name" is missing`},
	{`{"id": "m", "name": " "}`, `:1:21: field "name" is empty`},
	{`{"id": "m", "name": {}}`, `:1:21: field "name" must be a string, not an object`},
	{`{"id": "m", "name": "M"}`, `: field "version" is missing`},
	{`{"id": "m", "name": "M", "version": "1.0"}`, `:1:37: field "version" must be a semantic version such as 1.0.0, not "1.0"`},
	{`{"id": "m", "name": "M", "version": "01.0.0"}`, `:1:37: field "version" must be a semantic version such as 1.0.0, not "01.0.0"`},
	{`"id": "n"`, `:2:7: field "id" stands here for the second time`},
	{`"main": "/etc/passwd"`, `:2:9: field "main" must name a file inside the package, not "/etc/passwd"`},
	{`"main": "dist/../../x.js"`, `:2:9: field "main" must name a file inside the package, not "dist/../../x.js"`},
	{`"icon": "../i.png"`, `:2:9: field "icon" must name a file inside the package, not "../i.png"`},
	{`"author": {"name": "A"}`, `:2:11: field "author" must be a string, not an object`},
	{`"permissions": "all"`, `:2:16: field "permissions" must be an array, not a string`},
	{`"permissions": ["fs", 1]`, `:2:23: field "permissions[1]" must be a string, not a number`},
	{`"categories": [null]`, `:2:16: field "categories[0]" must be a string, not null`},
	{`"engineVersion": "latest"`, `:2:18: field "engineVersion" must be a range of versions such as ">=0.1.0" or "^1.2.0", not "latest"`},
	{`"engineVersion": "` + strings.Repeat("1.0.0 ", 100) + `"`, `:2:18: field "engineVersion" must be a range of versions such as ">=0.1.0" or "^1.2.0", not "` + strings.Repeat("1.0.0 ", 34)[:200] + `"…`},
	{`"contributes": []`, `:2:16: field "contributes" must be an object, not an array`},
	{`"contributes": {"commands": {}}`, `:2:29: field "contributes.commands" must be an array, not an object`},
	{`"contributes": {"commands": ["x"]}`, `:2:30: field "contributes.commands[0]" must be an object, not a string`},
	{`"contributes": {"commands": [{"label": "L"}]}`, `: field "contributes.commands[0].id" is missing`},
	{`"contributes": {"commands": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}`, `:2:63: field "contributes.commands[2].id" is "a", as that of contributes.commands[0] is: give it another`},
	{`"contributes": {"commands": [{"id": "a", "label": 1}]}`, `:2:51: field "contributes.commands[0].label" must be a string, not a number`},
	{`"contributes": {"codemirrorExtensions": [{"id": "a"}]}`, `:2:42: field "contributes.codemirrorExtensions[0]" needs one of "jsCode", the body of a function, and "file"`},
	{`"contributes": {"codemirrorExtensions": [{"id": "a", "jsCode": "x", "file": "y"}]}`, `:2:42: field "contributes.codemirrorExtensions[0]" has both "jsCode" and "file": one of them is too many`},
	{`"contributes": {"codemirrorExtensions": [{"id": "a", "file": "../y"}]}`, `:2:62: field "contributes.codemirrorExtensions[0].file" must name a file inside the package, not "../y"`},
	{`"contributes": {"themes": [{"id": "a", "label": "A", "type": "dark"}, {"id": "b", "label": "B", "type": "blue"}]}`, `:2:105: field "contributes.themes[1].type" must be "dark" or "light", not "blue"`},
	{`"contributes": {"themes": [{"id": "a", "type": "dark"}]}`, `: field "contributes.themes[0].label" is missing`},
	{`"contributes": {"themes": [{"id": "a", "label": "A", "type": "dark", "appColors": {"text": "red"}}]}`, `:2:92: field "contributes.themes[0].appColors.text" must be a colour as #rgb, #rrggbb or #rrggbbaa, not "red"`},
	{`"contributes": {"themes": [{"id": "a", "label": "A", "type": "dark", "appColors": {"text": "#fff", "text": "#ffff"}}]}`, `:2:108: field "contributes.themes[0].appColors.text" must be a colour as #rgb, #rrggbb or #rrggbbaa, not "#ffff"`},
	{`"contributes": {"themes": [{"id": "a", "label": "A", "type": "dark", "tokenColors": {"text": "#fff", "text": "#eee"}}]}`, `:2:110: field "contributes.themes[0].tokenColors.text" stands here for the second time`},
}

func whole(text string) []byte {
	if strings.HasPrefix(text, `"`) {
		text = `{"id": "m", "name": "M", "version": "1.0.0",` + "\n" + text + "}"
	}
	return []byte(text)
}

func TestBadManifests(t *testing.T) {
	for _, test := range badManifests {
		_, err := parseManifest(whole(test.text))
		if _, ok := errors.AsType[*ManifestError](err); !ok || err.Error() != test.want {
			t.Errorf("%.100s\ngot  %v\nwant %s", test.text, err, test.want)
		}
	}
}

// A list of a hundred thousand members is read in one pass.
func TestLargeManifest(t *testing.T) {
	colors := strings.Repeat(`"a": "#fff", `, 70_000)
	_, err := parseManifest(whole(`"contributes": {"themes": [{"id": "a", "label": "A", "type": "dark", "appColors": {` + colors + `"b": 1}}]}`))
	if err == nil || !strings.HasSuffix(err.Error(), "stands here for the second time") {
		t.Errorf("got %v", err)
	}
}

func TestEngineVersions(t *testing.T) {
	tests := []struct {
		needs, engine string
		fits          bool
	}{
		{">=0.1.0", "0.1.0", true}, {">=0.1.0", "0.0.9", false}, {"^1.2", "1.9.0", true}, {"^1.2", "2.0.0", false},
		{"1.x", "1.5.0", true}, {"*", "7.0.0", true}, {">=1 <2", "1.9.9", true}, {">=1 <2", "2.0.0", false},
		{"1.2.0 - 1.4.0", "1.3.0", true}, {"^1 || ^3", "3.1.0", true}, {"^1 || ^3", "2.1.0", false},
		{">=0.1.0", "0.2.0-dev", true}, {"", "1.0.0", true}, {">=9", "", true},
	}
	for _, test := range tests {
		if err := checkRange(test.needs); test.needs != "" && err != nil {
			t.Error(err)
		}
		err := entry{ID: "x", Manifest: &Manifest{EngineVersion: test.needs}}.supports(test.engine)
		if (err == nil) != test.fits {
			t.Errorf("%q in %q: %v", test.needs, test.engine, err)
		}
	}
}

func FuzzManifest(f *testing.F) {
	for _, test := range badManifests {
		f.Add(whole(test.text))
	}
	f.Add([]byte(`{"id": "m", "name": "M", "version": "1.0.0", "contributes": {"themes": [{"id": "a", "label": "A", "type": "dark", "appColors": {"text": "#fff"}}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := parseManifest(text)
		if err != nil {
			wrong, ok := errors.AsType[*ManifestError](err)
			if !ok || wrong.Reason == "" || m != nil || strings.ContainsAny(wrong.Reason, "\n\r") {
				t.Fatalf("%q: %v, %v", text, m, err)
			}
			return
		}
		if checkID(m.ID) != nil || m.Name == "" || checkVersion(m.Version) != nil || m.Main != "" && checkInside(m.Main) != nil {
			t.Fatalf("%q was taken: %+v", text, m)
		}
		if os.PathSeparator == '/' && strings.HasPrefix(m.Main, "/") {
			t.Fatalf("%q: main is %q", text, m.Main)
		}
	})
}
