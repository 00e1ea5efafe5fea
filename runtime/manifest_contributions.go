package runtime

import (
	"fmt"
	"strings"

	"github.com/srcnexus/extrun/internal/lazyregexp"
	"github.com/srcnexus/extrun/runtime/internal/jsondoc"
)

func (f *fields) command(o object, id string) CommandContribution {
	command := CommandContribution{
		ID:          id,
		Label:       f.text(o, "label"),
		Description: f.text(o, "description"),
		Category:    f.text(o, "category"),
	}
	if command.Label == "" {
		command.Label = id[strings.LastIndexByte(id, '.')+1:]
	}
	if command.Category == "" {
		command.Category = "Extensions"
	}
	return command
}

func (f *fields) codeMirror(o object, id string) CodeMirrorContribution {
	extension := CodeMirrorContribution{
		ID:             id,
		JSCode:         f.text(o, "jsCode"),
		File:           f.text(o, "file", checkInside),
		FileExtensions: f.texts(o, "fileExtensions"),
		Description:    f.text(o, "description"),
	}
	if params, _ := o.value.Member("params"); params != nil && params.Kind != jsondoc.Null {
		extension.Params = params.Raw()
	}
	path := strings.TrimSuffix(o.path, ".")
	switch {
	case extension.JSCode == "" && extension.File == "":
		f.refuse(path, o.value, `needs one of "jsCode", the body of a function, and "file"`)
	case extension.JSCode != "" && extension.File != "":
		f.refuse(path, o.value, `has both "jsCode" and "file": one of them is too many`)
	}
	return extension
}

func (f *fields) theme(o object, id string) ThemeContribution {
	return ThemeContribution{
		ID:           id,
		Label:        f.required(o, "label", checkShown),
		Type:         f.required(o, "type", checkThemeType),
		AppColors:    f.colors(o, "appColors"),
		EditorColors: f.colors(o, "editorColors"),
		TokenColors:  f.colors(o, "tokenColors"),
	}
}

// colors is a table of colours that may be absent.
func (f *fields) colors(o object, name string) map[string]string {
	table := f.object(o, name)
	if table.value == nil {
		return nil
	}
	colors := make(map[string]string)
	for _, member := range table.value.Members {
		path := table.path + member.Name
		color := f.expect(member.Value, path, jsondoc.String)
		if color == nil {
			return nil
		}
		if err := checkColor(color.Text); err != nil {
			f.refuse(path, color, err.Error())
		}
		if _, several := colors[member.Name]; several {
			f.refuse(path, color, "stands here for the second time")
		}
		colors[member.Name] = color.Text
	}
	return colors
}

func checkThemeType(text string) error {
	if text == "dark" || text == "light" {
		return nil
	}
	return fmt.Errorf(`must be "dark" or "light", not %s`, quoted(text))
}

var colorPattern = lazyregexp.New(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$`)

func checkColor(text string) error {
	if colorPattern().MatchString(text) {
		return nil
	}
	return fmt.Errorf("must be a colour as #rgb, #rrggbb or #rrggbbaa, not %s", quoted(text))
}
