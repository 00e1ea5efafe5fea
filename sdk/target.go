package sdk

// unsupported tells esbuild what goja lacks of the newest JavaScript, so that
// it is rewritten. A lower target would also rewrite what goja does natively,
// such as private fields and async functions, which costs two to four times
// the running time.
func unsupported() map[string]bool {
	return map[string]bool{
		"async-generator":                 false,
		"decorators":                      false,
		"dynamic-import":                  false,
		"for-await":                       false,
		"import-attributes":               false,
		"regexp-match-indices":            false,
		"regexp-set-notation":             false,
		"regexp-unicode-property-escapes": false,
		"using":                           false,
	}
}
