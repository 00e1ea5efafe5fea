//go:build !linux

package hostnet

// Faults that need a network of their own are made on Linux only.
var isolatedReach, isolatedRebinding, isolatedDials, isolatedVanishings, isolatedOutages []injection
