// The value whose JSON, of about 200 bytes, goes to and fro.
export function trade() {
  return {
    id: 100000,
    type: "trade",
    symbol: "EURUSD",
    price: 1.08432,
    size: 125000,
    side: "buy",
    time: 1700000000000,
    flags: ["taker", "partial"],
    venue: { name: "London", code: "XLON", delayed: false },
    note: "second of three parts, to be settled",
  };
}

// The next one, built anew from what has been parsed.
export function next(was) {
  return {
    id: was.id + 1,
    type: was.type,
    symbol: was.symbol,
    price: was.price,
    size: was.size,
    side: was.side,
    time: was.time + 1,
    flags: [was.flags[0], was.flags[1]],
    venue: { name: was.venue.name, code: was.venue.code, delayed: was.venue.delayed },
    note: was.note,
  };
}
