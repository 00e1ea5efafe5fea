package runtime

import (
	"crypto/sha256"
	"encoding/hex"
	goruntime "runtime"
	"sync"
	"weak"

	"github.com/srcnexus/extrun/sdk"
)

// A scriptCache compiles scripts, and lets extensions of the same code share what
// it has compiled: it remembers each for as long as somebody runs it. The zero
// value is empty. Any goroutine may use it.
type scriptCache struct {
	mu      sync.Mutex
	scripts map[[sha256.Size]byte]weak.Pointer[compiled]
}

// compile returns what a bundle compiles to. The name tells programs apart, but
// not the extensions that run them.
func (c *scriptCache) compile(bundled *sdk.Bundled) (*compiled, error) {
	key := contentOf(bundled)
	if script := c.find(key); script != nil {
		return script, nil
	}
	script, err := compileBundle(programName+hex.EncodeToString(key[:8]), bundled, maxCompileTime)
	if err != nil {
		return nil, err
	}
	return c.share(key, script), nil
}

func (c *scriptCache) find(key [sha256.Size]byte) *compiled {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.scripts[key].Value()
}

// share remembers a script, unless somebody else has compiled the same
// meanwhile: then it returns that one.
func (c *scriptCache) share(key [sha256.Size]byte, script *compiled) *compiled {
	c.mu.Lock()
	defer c.mu.Unlock()
	if other := c.scripts[key].Value(); other != nil {
		return other
	}
	if c.scripts == nil {
		c.scripts = make(map[[sha256.Size]byte]weak.Pointer[compiled])
	}
	c.scripts[key] = weak.Make(script)
	goruntime.AddCleanup(script, c.forget, key)
	return script
}

// forget drops the place of a script that is gone, if it was not taken anew.
func (c *scriptCache) forget(key [sha256.Size]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scripts[key].Value() == nil {
		delete(c.scripts, key)
	}
}

// contentOf is equal for bundles that compile to the same program.
func contentOf(bundled *sdk.Bundled) [sha256.Size]byte {
	code, sourceMap := sha256.Sum256([]byte(bundled.Code)), sha256.Sum256(bundled.Map)
	return sha256.Sum256(append(code[:], sourceMap[:]...))
}
