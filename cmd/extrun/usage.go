package main

const usage = `extrun runs SrcNexus extensions outside the editor.

Usage:

    extrun [flags] PATH...

Each PATH is an extension: a JavaScript or TypeScript file, a manifest.json, a
package.json, or a folder with one of these or a main or index file. It runs in
a world of its own, with @srcnexus/ext-sdk built in. What it writes with
console.log, info and debug, and what it shows with window.showToast, goes to
the standard output; console.warn and console.error, and what extrun itself has
to say, go to the standard error. With several extensions each line begins with
the id of the one that wrote it.

extrun ends by itself, with exit code 0, when no extension has anything left to
do: no timer, no socket that is open or opening, no call that is unanswered.
Their onDispose callbacks run before. Ctrl-C ends it earlier in the same way; a
second Ctrl-C ends it at once.

Flags:

    --id ID         the extension's id where no manifest.json has one; by
                    default the file's name without its ending
    --echo          serve echo.websocket.org on this machine, so that programs
                    that talk to it need no network
    --connect-to HOST:PORT=HOST:PORT
                    connect to the second address whenever an extension asks for
                    the first; names and certificates are checked as for the
                    first (may be repeated)
    --ca-cert FILE  accept certificates signed by those in FILE (PEM), besides
                    the system's authorities (may be repeated)
    --proxy URL     send connections that leave this machine through a proxy;
                    "env" takes it from HTTP_PROXY, HTTPS_PROXY and NO_PROXY
    --no-cache      bundle extensions anew, and keep nothing of them; by default
                    their bundles are kept, until their sources change, in the
                    folder extrun of the user's cache folder: $XDG_CACHE_HOME or
                    ~/.cache, ~/Library/Caches on macOS, %LocalAppData% on
                    Windows
    --max-heap SIZE
                    end the extension that makes the heap of the whole program
                    grow past a size such as 512MiB; by default 1GiB, and 0 is
                    no limit
    --keep-alive    stay when nothing is left to do, until Ctrl-C
    --log-level LEVEL
                    how much extrun says itself: debug, info, warn or error;
                    by default warn
    --cpuprofile FILE
                    write where the processor's time went, for go tool pprof
    --memprofile FILE
                    write what was allocated, and what of it the extensions
                    held when they were ended, for go tool pprof
    --version       print the version
    --help          print this text

Exit codes: 0 all is done; 1 an extension could not be loaded, still waited in
its top-level code or onLoad for what can't come, or crashed; 2 wrong usage;
130 and 143 ended by Ctrl-C and SIGTERM. Errors that nobody caught are reported,
but don't change the exit code.

Examples:

    extrun --echo extensions/samples/echo-client.js
    extrun --connect-to api.example.com:443=127.0.0.1:8443 --ca-cert test-ca.pem ./my-extension
`
