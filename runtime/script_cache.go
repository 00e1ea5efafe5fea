package runtime

import (
	"crypto/sha256"
	"encoding/hex"
	goruntime "runtime"
	"sync"
	"weak"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/sdk"
)

// A scriptCache compiles scripts, and lets extensions of the same code share what
// it has compiled: it remembers each for as long as somebody runs it. The zero
// value is empty. Any goroutine may use it.
type scriptCache struct {
	mu       sync.Mutex
	programs map[[sha256.Size]byte]weak.Pointer[goja.Program]
}

// compile returns the program of a bundle and its name, which tells programs
// apart, but not the extensions that run them.
func (c *scriptCache) compile(bundled *sdk.Bundled) (program *goja.Program, name string, err error) {
	key := contentOf(bundled)
	name = programName + hex.EncodeToString(key[:8])
	if program := c.find(key); program != nil {
		return program, name, nil
	}
	program, err = compileBundle(name, bundled, maxCompileTime)
	if err != nil {
		return nil, "", err
	}
	return c.share(key, program), name, nil
}

func (c *scriptCache) find(key [sha256.Size]byte) *goja.Program {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.programs[key].Value()
}

// share remembers a program, unless somebody else has compiled the same
// meanwhile: then it returns that one.
func (c *scriptCache) share(key [sha256.Size]byte, program *goja.Program) *goja.Program {
	c.mu.Lock()
	defer c.mu.Unlock()
	if other := c.programs[key].Value(); other != nil {
		return other
	}
	if c.programs == nil {
		c.programs = make(map[[sha256.Size]byte]weak.Pointer[goja.Program])
	}
	c.programs[key] = weak.Make(program)
	goruntime.AddCleanup(program, c.forget, key)
	return program
}

// forget drops the place of a program that is gone, if it was not taken anew.
func (c *scriptCache) forget(key [sha256.Size]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.programs[key].Value() == nil {
		delete(c.programs, key)
	}
}

// contentOf is equal for bundles that compile to the same program.
func contentOf(bundled *sdk.Bundled) [sha256.Size]byte {
	code, sourceMap := sha256.Sum256([]byte(bundled.Code)), sha256.Sum256(bundled.Map)
	return sha256.Sum256(append(code[:], sourceMap[:]...))
}
