// Command limit is the client without JavaScript: what the WebSocket library
// under extrun can do where no language stands on top. Its programs are those
// that the JavaScript runtimes run; its argument is the folder with the task.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/bench/task"
)

func main() {
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "limit:", err)
		os.Exit(1)
	}
}

// run does the task in dir and writes the result to out.
func run(dir string, out io.Writer) error {
	t, err := task.Read(dir)
	if err != nil {
		return err
	}
	c := client{Task: t, ctx: context.Background(), out: out}
	program, ok := map[string]func() error{"echo": c.echo, "json": c.json, "flood": c.flood, "start": c.start}[t.Program]
	if !ok {
		return fmt.Errorf("there is no program %s without JavaScript", t.Program)
	}
	ws, _, err := websocket.Dial(c.ctx, t.URL, nil)
	if err != nil {
		return err
	}
	defer ws.CloseNow()
	ws.SetReadLimit(-1)
	c.ws = ws
	if err := program(); err != nil {
		return err
	}
	if t.Stay {
		_, _, err := ws.Read(c.ctx) // until the process is ended
		return err
	}
	return ws.Close(websocket.StatusNormalClosure, "")
}

type client struct {
	task.Task
	ctx context.Context
	out io.Writer
	ws  *websocket.Conn
}

func (c *client) echo() error {
	kind, data := websocket.MessageText, []byte(c.Payload())
	if c.Kind == task.Binary {
		kind = websocket.MessageBinary
	}
	return c.exchange(kind, data, func(got []byte) ([]byte, error) {
		if len(got) != len(data) {
			return nil, fmt.Errorf("%d bytes came back of %d", len(got), len(data))
		}
		return data, nil
	})
}

func (c *client) json() error {
	first, err := json.Marshal(aTrade)
	if err != nil {
		return err
	}
	return c.exchange(websocket.MessageText, first, func(got []byte) ([]byte, error) {
		var was trade
		if err := json.Unmarshal(got, &was); err != nil {
			return nil, err
		}
		was.ID++
		was.Time++
		return json.Marshal(was)
	})
}

// exchange sends first until enough are in flight, and then what next makes of
// each message that comes.
func (c *client) exchange(kind websocket.MessageType, first []byte, next func([]byte) ([]byte, error)) error {
	begin := time.Now()
	write, stop := c.writer(kind)
	defer stop()
	for range c.InFlight {
		if err := write(first); err != nil {
			return err
		}
	}
	for got := range c.Count {
		_, data, err := c.ws.Read(c.ctx)
		if err != nil {
			return err
		}
		answer, err := next(data)
		if err != nil {
			return err
		}
		if got+c.InFlight >= c.Count {
			continue
		}
		if err := write(answer); err != nil {
			return err
		}
	}
	return c.done(begin)
}

// writer returns how messages are written: at once, or on a goroutine where
// they are so large that neither side could write before the other has read.
func (c *client) writer(kind websocket.MessageType) (write func([]byte) error, stop func()) {
	at := func(data []byte) error { return c.ws.Write(c.ctx, kind, data) }
	if c.Size <= 64<<10 {
		return at, func() {}
	}
	queue := make(chan []byte, c.InFlight)
	go func() {
		for data := range queue {
			if at(data) != nil {
				c.ws.CloseNow() // ends the reading, too
			}
		}
	}()
	return func(data []byte) error { queue <- data; return nil }, func() { close(queue) }
}

func (c *client) flood() error {
	begin := time.Now()
	if err := c.ws.Write(c.ctx, websocket.MessageText, []byte("go")); err != nil {
		return err
	}
	for range c.Count {
		if _, _, err := c.ws.Read(c.ctx); err != nil {
			return err
		}
	}
	return c.done(begin)
}

func (c *client) start() error {
	c.Count, c.InFlight, c.Size = 1, 1, 5
	return c.echo()
}

func (c *client) done(begin time.Time) error {
	took := float64(time.Since(begin)) / float64(time.Millisecond)
	return json.NewEncoder(c.out).Encode(task.Result{Milliseconds: took})
}
