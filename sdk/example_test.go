package sdk_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/dop251/goja"
	"github.com/srcnexus/extrun/sdk"
)

func ExampleBundle() {
	folder, _ := os.MkdirTemp("", "extension")
	defer os.RemoveAll(folder)
	entry := filepath.Join(folder, "main.ts")
	os.WriteFile(entry, []byte(`const answer: number = 42; globalThis.answer = answer`), 0o644)

	bundled, err := sdk.Bundle(sdk.Input{Entry: entry})
	if err != nil {
		fmt.Println(err)
		return
	}
	vm := goja.New()
	vm.RunScript("extension.js", bundled.Code)
	fmt.Println(vm.Get("answer"))
	// Output: 42
}

func ExampleScript() {
	vm := goja.New()
	vm.Set("sendMessage", func(channel string, data goja.Value) (goja.Value, error) {
		switch channel {
		case "part":
			name, code, _ := sdk.Part(data.String())
			return vm.RunScript(name, code)
		case "entries":
			return nil, vm.Set("entry", data)
		}
		fmt.Println(channel, data.ToObject(vm).Get("phase"))
		return nil, nil
	})
	name, code := sdk.Script()
	editor, _ := vm.RunScript(name, code)
	vm.Set("editor", editor)

	vm.RunString(`editor.onLoad(() => {})`)
	vm.RunString(`entry("__triggerOnLoad")()`)
	// Output: lifecycleComplete onLoad
}
