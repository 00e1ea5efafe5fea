package bigshift

import (
	"fmt"
	"math"
	"math/big"
)

// How far a bigint may be shifted, in bits, and how far it may be raised. Both
// are done in a moment, for a bigint of ordinary size.
const (
	MaxShift = 1 << 30
	MaxPower = 1 << 24
)

// longest is a shift that leaves nothing of any bigint that there is.
var longest = big.NewInt(math.MaxUint32)

// Allow judges the right side of an operator as [Rewrite] names it, and returns
// what is to stand there: goja takes shifts modulo 2**64.
func Allow(operator string, right *big.Int) (*big.Int, error) {
	most, n := int64(MaxShift), right
	what := "a bigint shifted by %s bits is refused: at most %d"
	switch operator {
	case "**":
		most, what = MaxPower, "a bigint to the power of %s is refused: at most %d"
	case ">>":
		n = new(big.Int).Neg(right)
	}
	switch {
	case n.Cmp(big.NewInt(most)) > 0:
	case operator != "**" && right.CmpAbs(longest) > 0:
		return new(big.Int).Mul(longest, big.NewInt(int64(right.Sign()))), nil
	default:
		return right, nil
	}
	shown := right.String
	if right.BitLen() > 64 {
		shown = func() string { return fmt.Sprintf("2**%d or more", right.BitLen()-1) }
	}
	return nil, fmt.Errorf(what, shown(), most)
}
