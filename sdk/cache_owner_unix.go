//go:build unix

package sdk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// openSafely keeps the opening of a file from following a link, and from waiting
// for somebody at the other end of a pipe.
const openSafely = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// checkOwner refuses what another user could have written.
func checkOwner(info fs.FileInfo) error {
	if owner, ok := info.Sys().(*syscall.Stat_t); !ok || int(owner.Uid) != os.Geteuid() {
		return errors.New("belongs to another user")
	}
	if info.Mode().Perm()&0o022 != 0 {
		return errors.New("can be written by other users")
	}
	return nil
}
