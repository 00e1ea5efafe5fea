package runtime

import (
	goruntime "runtime"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

func TestScriptCache(t *testing.T) {
	var cache scriptCache
	compile := func(code, sourceMap string) *compiled {
		script, err := cache.compile(&sdk.Bundled{Code: code, Map: []byte(sourceMap)})
		if err != nil {
			t.Error(err)
		}
		return script
	}
	first := compile("1 + 1", "")
	if compile("1 + 1", "") != first {
		t.Error("the same code was compiled twice")
	}
	if compile("1 + 2", "") == first || compile("1 + 1", `{"version": 3}`) == first {
		t.Error("different scripts share a program")
	}
	if _, err := cache.compile(&sdk.Bundled{Code: "1 +"}); err == nil {
		t.Error("no syntax error")
	}
	goruntime.KeepAlive(first)
}

func TestScriptCacheAtTheSameTime(t *testing.T) {
	var cache scriptCache
	programs := make([]*compiled, 16)
	var wg sync.WaitGroup
	for i := range programs {
		wg.Go(func() { programs[i], _ = cache.compile(&sdk.Bundled{Code: "1 + 1"}) })
	}
	wg.Wait()
	for _, program := range programs {
		if program == nil || program != programs[0] {
			t.Fatal("the same code has several programs")
		}
	}
}

func TestScriptCacheForgets(t *testing.T) {
	var cache scriptCache
	bundled := &sdk.Bundled{Code: "1 + 1"}
	if _, err := cache.compile(bundled); err != nil {
		t.Fatal(err)
	}
	goruntime.GC()
	if cache.find(contentOf(bundled)) != nil {
		t.Error("a program that nobody runs is kept")
	}
	cache.forget(contentOf(bundled))
	cache.mu.Lock() // the collector forgets, too
	defer cache.mu.Unlock()
	if len(cache.scripts) != 0 {
		t.Errorf("%d places are left", len(cache.scripts))
	}
}
