package sdk

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/srcnexus/extrun/internal/regular"
)

// An observation is one question to the file system.
type observation struct {
	Kind byte // one of the kinds below
	Name string
}

const (
	ofFile   = 'f' // what a regular file contains
	ofFolder = 'd' // where a folder really is, what it contains, and where links in it lead
	ofLink   = 'l' // where a name leads, past all symbolic links
)

// maxTracedBytes bounds a file whose content is compared.
const maxTracedBytes = 64 << 20

// A digest stands for an answer. That there is nothing, or nothing that can be
// read, is an answer as well.
type digest [sha256.Size]byte

// answer asks the file system now, by means of a hash of any state. It reads
// regular files only, and folders.
func (o observation) answer(sum hash.Hash) digest {
	sum.Reset()
	var err error
	switch o.Kind {
	case ofFile:
		err = sumFile(sum, o.Name)
	case ofFolder:
		err = sumFolder(sum, o.Name)
	case ofLink:
		err = sumLink(sum, o.Name)
	default:
		err = fmt.Errorf("unknown kind %d", o.Kind)
	}
	if err != nil {
		sum.Reset()
		fmt.Fprintf(sum, "\x00%s", causeOf(err))
	}
	return digest(sum.Sum(nil))
}

// before orders observations, so that all of them together have one digest.
func (o observation) before(other observation) int {
	return cmp.Or(cmp.Compare(o.Kind, other.Kind), cmp.Compare(o.Name, other.Name))
}

func contentDigest(content []byte) digest {
	sum := sha256.New()
	sum.Write([]byte{ofFile})
	sum.Write(content)
	return digest(sum.Sum(nil))
}

func sumFile(sum hash.Hash, name string) error {
	file, info, err := regular.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	sum.Write([]byte{ofFile})
	// The buffer is as large as the file: most are small, and looked at often.
	buffer := make([]byte, min(max(info.Size(), 512), 32<<10))
	if n, err := io.CopyBuffer(sum, io.LimitReader(file, maxTracedBytes+1), buffer); err != nil || n > maxTracedBytes {
		return cmp.Or(err, regular.ErrTooLarge)
	}
	return nil
}

func sumFolder(sum hash.Hash, name string) error {
	if err := sumLink(sum, name); err != nil {
		return err
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	for _, entry := range entries {
		fmt.Fprintf(sum, "%s\x00%d\x00", entry.Name(), entry.Type())
		if entry.Type()&fs.ModeSymlink != 0 {
			sumTarget(sum, filepath.Join(name, entry.Name()))
		}
	}
	return nil
}

// sumTarget adds where a link in a folder leads, and to what kind of thing.
func sumTarget(sum hash.Hash, name string) {
	if err := sumLink(sum, name); err != nil {
		fmt.Fprintf(sum, "%s\x00", causeOf(err))
		return
	}
	if info, err := os.Stat(name); err == nil {
		fmt.Fprintf(sum, "%d\x00", info.Mode().Type())
	}
}

func sumLink(sum hash.Hash, name string) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	fmt.Fprintf(sum, "%s\x00", target)
	return nil
}
