// The tests that need a server: e2e/web_suite_test.go starts it.
import "./websocket.js";
import "./fetch.js";
// These need none, but Deno shall run them too.
import "./blob.js";
import "./form_data.js";
