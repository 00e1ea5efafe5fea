package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/internal/observed"
)

// A story is one extension's, told by what it writes.
type story struct {
	play   part     // of the server; echo by default
	source string   // of the extension, after what script puts before it
	stdout string   // URL stands for the server's URL, in the next one too
	stderr string   // what the extension or the program has to say besides
	code   int      // the exit code
	server []string // what the server received on its only connection; nil: not compared

	// unpublished says what of it the published SDK doesn't have, or does
	// otherwise; such a story isn't told by a bundle with that SDK.
	unpublished string
}

// tell tells stories, each in all forms that an extension can have.
func tell(t *testing.T, stories map[string]story) {
	t.Helper()
	for name, s := range stories {
		t.Run(name, func(t *testing.T) {
			for _, f := range forms {
				if f.published && s.unpublished != "" {
					continue
				}
				t.Run(f.name, func(t *testing.T) {
					t.Parallel()
					s.tell(t, f)
				})
			}
		})
	}
}

func (s story) tell(t *testing.T, f form) {
	t.Helper()
	if s.play == nil {
		s.play = echo
	}
	server := serve(t, s.play)
	got := run(t, "--log-level", "error", f.write(t, server.url, s.source))
	got.stdout = strings.ReplaceAll(got.stdout, server.url, "URL")
	got.stderr = strings.ReplaceAll(got.stderr, server.url, "URL")
	got.expect(t, f.output(s), strings.ReplaceAll(s.stderr, "story.js", f.main), s.code)
	if s.server != nil {
		server.received(t, s.server...)
	}
	if test, ok := strings.CutSuffix(t.Name(), "/script"); ok {
		observed.NoteAs(t, test, got.observation())
	}
}

// prelude is on one line, so that it takes no more than the first.
const prelude = `import editor, { network, onLoad, onDispose } from "@srcnexus/ext-sdk"; ` +
	`const url = %q, log = console.log; ` +
	// open is createWebSocket with handlers that write what happens.
	`const open = async (options, to = url) => { const ws = await network.createWebSocket(to, options); ` +
	`ws.onMessage((m) => log("message", m.data)); ws.onError((e) => log("error", e.message)); ws.onClose((c) => log("close", c.code, c.reason)); return ws; }; ` +
	// refused writes how a promise is rejected.
	`const refused = (promise) => promise.then((v) => log("fulfilled", v), (e) => log(e.code, e.message)); `

// script puts the common names before an extension's source.
func script(url, source string) string { return fmt.Sprintf(prelude, url) + source }
