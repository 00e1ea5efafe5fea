package main

import (
	"errors"
	"os"
	"runtime/pprof"
)

// profiles are the files that --cpuprofile and --memprofile name, for go tool
// pprof. A nil file is one that nobody asked for.
type profiles struct{ cpu, memory *os.File }

// startProfiles makes the files, so that a bad path is told before anything
// runs, and begins to sample.
func startProfiles(s settings) (p profiles, err error) {
	if p.cpu, err = create(s.cpuProfile); err != nil {
		return p, err
	}
	if p.memory, err = create(s.memProfile); err != nil || p.cpu == nil {
		return p, err
	}
	return p, pprof.StartCPUProfile(p.cpu)
}

func create(path string) (*os.File, error) {
	if path == "" {
		return nil, nil
	}
	return os.Create(path)
}

// writeMemory writes what has been allocated, and what of it is in use. It is
// called while the extensions still hold what they hold.
func (p profiles) writeMemory() error {
	if p.memory == nil {
		return nil
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(p.memory, 0), p.memory.Close())
}

// stop ends the sampling and closes what is open.
func (p profiles) stop() error {
	p.memory.Close() // Its errors have been reported.
	if p.cpu == nil {
		return nil
	}
	pprof.StopCPUProfile()
	return p.cpu.Close()
}
