package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

// settings are what the command line asks for.
type settings struct {
	paths     []string
	id        string
	echo      bool
	connectTo map[string]string
	rootCAs   []*x509.Certificate
	proxy     func(*http.Request) (*url.URL, error)
	keepAlive bool
	noCache   bool
	maxHeap   int64
	logLevel  slog.Level
	version   bool

	cpuProfile, memProfile string
}

// parse reads the command line. Its error is a sentence about one argument, or
// flag.ErrHelp.
func parse(args []string) (settings, error) {
	s := settings{connectTo: make(map[string]string), logLevel: slog.LevelWarn, maxHeap: 1 << 30}
	flags := flag.NewFlagSet("extrun", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&s.id, "id", "", "")
	flags.BoolVar(&s.echo, "echo", false, "")
	flags.BoolVar(&s.keepAlive, "keep-alive", false, "")
	flags.BoolVar(&s.noCache, "no-cache", false, "")
	flags.BoolVar(&s.version, "version", false, "")
	flags.StringVar(&s.cpuProfile, "cpuprofile", "", "")
	flags.StringVar(&s.memProfile, "memprofile", "", "")
	flags.Func("connect-to", "", s.addConnectTo)
	flags.Func("ca-cert", "", s.addRootCAs)
	flags.Func("proxy", "", s.setProxy)
	flags.Func("max-heap", "", s.setMaxHeap)
	flags.Func("log-level", "", s.setLogLevel)
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	s.paths = flags.Args()
	return s, s.check()
}

func (s *settings) check() error {
	for _, path := range s.paths {
		if strings.HasPrefix(path, "-") {
			return fmt.Errorf("flags go before the paths: %s", path)
		}
	}
	switch {
	case s.version:
		return nil
	case len(s.paths) == 0:
		return errors.New("no extension given: name a file or a folder")
	case s.id != "" && len(s.paths) > 1:
		return errors.New("--id names one extension, but several are given: give them a manifest.json each")
	case s.cpuProfile != "" && s.cpuProfile == s.memProfile:
		return errors.New("--cpuprofile and --memprofile name the same file: give them one each")
	}
	return nil
}

// addConnectTo takes HOST:PORT=HOST:PORT.
func (s *settings) addConnectTo(value string) error {
	from, to, ok := strings.Cut(value, "=")
	if !ok || !isHostPort(from) || !isHostPort(to) {
		return errors.New("expected HOST:PORT=HOST:PORT, such as api.example.com:443=127.0.0.1:8443")
	}
	s.connectTo[strings.ToLower(from)] = to
	return nil
}

func isHostPort(text string) bool {
	host, port, err := net.SplitHostPort(text)
	if err != nil || host == "" {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil && strings.Trim(port, "0123456789") == ""
}

// addRootCAs takes a file of PEM certificates.
func (s *settings) addRootCAs(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	found := false
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return err
		}
		s.rootCAs = append(s.rootCAs, cert)
		found = true
	}
	if !found {
		return errors.New("there is no PEM certificate in it")
	}
	return nil
}

// proxySchemes are those that hostnet knows.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// setProxy takes a proxy's URL, or "env" for what the environment names.
func (s *settings) setProxy(value string) error {
	if value == "env" {
		s.proxy = http.ProxyFromEnvironment
		return nil
	}
	proxy, err := url.Parse(value)
	if err != nil || proxy.Host == "" || !slices.Contains(proxySchemes, proxy.Scheme) {
		return errors.New(`expected "env", or a URL such as http://proxy.example.com:3128`)
	}
	s.proxy = http.ProxyURL(proxy)
	return nil
}

// sizeUnits are the endings of a size, with what they multiply it by.
var sizeUnits = []struct {
	ending string
	bytes  int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"", 1}}

// setMaxHeap takes a size such as 512MiB, or 0.
func (s *settings) setMaxHeap(value string) error {
	for _, unit := range sizeUnits {
		digits, found := strings.CutSuffix(value, unit.ending)
		if !found {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/unit.bytes {
			break
		}
		s.maxHeap = n * unit.bytes
		return nil
	}
	return errors.New("expected a size such as 512MiB or 2GiB, or 0 for no limit")
}

func (s *settings) setLogLevel(value string) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[value]
	if !ok {
		return errors.New("expected debug, info, warn or error")
	}
	s.logLevel = level
	return nil
}
