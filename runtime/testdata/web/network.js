// The tests that need a server: e2e/web_suite_test.go starts it.
import "./websocket.js";
import "./fetch.js";
