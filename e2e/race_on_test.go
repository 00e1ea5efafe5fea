//go:build race

package e2e

// raceDetector says that everything takes ten times as long.
const raceDetector = true
