package bigshift

import (
	"fmt"
	"math"
	"math/big"
)

// MaxBits is how far a bigint may be shifted, in bits, and about how large a
// power may be. Whatever is done with bigints of that size takes seconds at most.
const MaxBits = 1 << 24

// MaxAnyPower is how far a bigint may be raised where its size isn't known: what
// becomes of it is little more work than a product.
const MaxAnyPower = 3

// longest is a shift that leaves nothing of any bigint that there is.
var longest = big.NewInt(math.MaxUint32)

// AllowShift judges the right side of << or >>, and returns what is to stand
// there: goja takes shifts modulo 2**64.
func AllowShift(operator string, right *big.Int) (*big.Int, error) {
	n := right
	if operator == ">>" {
		n = new(big.Int).Neg(right)
	}
	switch {
	case n.Cmp(big.NewInt(MaxBits)) > 0:
		return nil, fmt.Errorf("a bigint shifted by %s bits is refused: at most %d", shown(right), MaxBits)
	case right.CmpAbs(longest) > 0:
		return new(big.Int).Mul(longest, big.NewInt(int64(right.Sign()))), nil
	}
	return right, nil
}

// AllowPower judges both sides of **.
func AllowPower(left, right *big.Int) error {
	bits := big.NewInt(int64(left.BitLen() - 1))
	if bits.Sign() <= 0 || bits.Mul(bits, right).Cmp(big.NewInt(MaxBits)) <= 0 {
		return nil
	}
	return fmt.Errorf("a bigint of %d bits to the power of %s is refused: at most %d bits", left.BitLen(), shown(right), MaxBits)
}

// AllowAnyPower judges the right side of a **= whose left side isn't known.
func AllowAnyPower(right *big.Int) error {
	if right.Cmp(big.NewInt(MaxAnyPower)) <= 0 {
		return nil
	}
	return fmt.Errorf("a bigint raised by **= in that place to the power of %s is refused: at most %d: write x = x ** y", shown(right), MaxAnyPower)
}

// shown is a number, or how long it is.
func shown(n *big.Int) string {
	if n.BitLen() > 64 {
		return fmt.Sprintf("2**%d or more", n.BitLen()-1)
	}
	return n.String()
}
