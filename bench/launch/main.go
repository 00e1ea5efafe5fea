// Command launch runs a program and says what it has used. It is as small as it
// is because Linux counts the memory of the process that starts a program as if
// it were the program's.
//
// Its arguments are the program and its arguments. On file descriptor 3 it
// writes the program's process id in ten digits, and at its end a task.Usage as
// JSON.
package main

import (
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/srcnexus/extrun/bench/usage"
)

func main() {
	if err := launch(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "launch:", err)
		os.Exit(1)
	}
}

func launch(argv []string) error {
	syscall.CloseOnExec(3)
	report := os.NewFile(3, "report")
	begin := time.Now()
	process, err := os.StartProcess(argv[0], argv, &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return err
	}
	fmt.Fprintf(report, "%010d", process.Pid)
	state, err := process.Wait()
	if err != nil {
		return err
	}
	wall := time.Since(begin)
	fmt.Fprintf(report, `{"wall":%d,"cpu":%d,"peak":%d}`+"\n", wall, usage.CPU(state), usage.Peak(state))
	if !state.Success() {
		return fmt.Errorf("%v", state)
	}
	return nil
}
