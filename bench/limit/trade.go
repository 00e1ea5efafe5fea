package main

// A trade is the value of the json program; programs/shared/trade.js has the
// same.
type trade struct {
	ID     int      `json:"id"`
	Type   string   `json:"type"`
	Symbol string   `json:"symbol"`
	Price  float64  `json:"price"`
	Size   int      `json:"size"`
	Side   string   `json:"side"`
	Time   int64    `json:"time"`
	Flags  []string `json:"flags"`
	Venue  venue    `json:"venue"`
	Note   string   `json:"note"`
}

type venue struct {
	Name    string `json:"name"`
	Code    string `json:"code"`
	Delayed bool   `json:"delayed"`
}

var aTrade = trade{
	ID:     100000,
	Type:   "trade",
	Symbol: "EURUSD",
	Price:  1.08432,
	Size:   125000,
	Side:   "buy",
	Time:   1700000000000,
	Flags:  []string{"taker", "partial"},
	Venue:  venue{Name: "London", Code: "XLON"},
	Note:   "second of three parts, to be settled",
}
