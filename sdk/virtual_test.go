package sdk_test

import (
	"strings"
	"testing"
)

// TestSDKRequiresNothing has the SDK taken without the word by which hosts know
// scripts that load modules while they run.
func TestSDKRequiresNothing(t *testing.T) {
	for _, source := range []string{"import sdk from '@srcnexus/ext-sdk'", "import { network as sdk } from '@srcnexus/ext-sdk'", "import * as sdk from '@srcnexus/ext-sdk'"} {
		bundled, err := bundle(t, "-- main.js --\n"+source+"; say(sdk)")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(bundled.Code, "require") {
			t.Errorf("%s becomes\n%s", source, bundled.Code)
		}
	}
}
