package sdk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
)

// identityBytes is how much of the program is looked at: where each system's
// linker puts the build id, which the Go compiler makes of all that it has read.
const identityBytes = 64 << 10

// bundlerIdentity stands for the code that makes bundles: another build of the
// program, with another bundler, other settings or another SDK, has another one.
// It comes from the program's file, from its place, size and time, and from the
// modules that it says it was built of, which holds where the file was replaced
// while the program was running.
var bundlerIdentity = sync.OnceValues(func() (digest, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok || !isProgram(info) {
		return digest{}, errors.New("this program doesn't say what it was built of")
	}
	name, err := os.Executable()
	if err != nil {
		return digest{}, err
	}
	file, err := os.Open("/proc/self/exe") // what runs, even if name is another file by now
	if err != nil {
		file, err = os.Open(name)
	}
	if err != nil {
		return digest{}, err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return digest{}, err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%q %d %d\n", info, name, stat.Size(), stat.ModTime().UnixNano())
	_, err = io.Copy(sum, io.LimitReader(file, identityBytes))
	return digest(sum.Sum(nil)), err
})

// isProgram reports whether the running file is what was built, rather than a
// program that has loaded it as a library or a plugin.
func isProgram(info *debug.BuildInfo) bool {
	for _, setting := range info.Settings {
		if setting.Key == "-buildmode" {
			return setting.Value == "exe" || setting.Value == "pie"
		}
	}
	return true
}
