// Command extrun runs SrcNexus extensions outside the editor: on their author's
// desk, and in continuous integration. See extrun --help.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
