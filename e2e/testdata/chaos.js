// An extension of the chaos: it asks for plans, follows them, and tells all that
// it does and all that happens to it, at once. Before it stands what one SDK or
// the other needs: network, onLoad, lab to call the test by, codeOf an error, and
// dataOf a message.

const slots = 6; // one more than connections are allowed

const pause = (ms) => new Promise((fulfil) => setTimeout(fulfil, ms));

/** How many connections there may be, as far as can be known here. */
let live = 0;

const payload = {
  text: (k, size) => k + ":" + "x".repeat(size),
  json: (k, size) => ({ k, x: "ä€".repeat(Math.floor(size / 5)) }),
  binary: (k, size) => new Uint8Array(size + 1).fill(k).fill(size, size),
};

class Bout {
  constructor(plan) {
    this.plan = plan;
    this.sends = [];
    this.closes = [];
    this.over = false;
    this.heard = 0;
  }

  tell(what, more) {
    lab("tell", { key: this.plan.key, what, ...more }).catch(() => {});
  }

  async run() {
    this.tell("dial", { live: live++ });
    try {
      this.ws = await network.createWebSocket(this.plan.url, this.options());
    } catch (error) {
      live--;
      const code = codeOf(error);
      this.tell("refused", { code, data: error.message });
      this.end();
      if (code === "ERR_LIMIT") await pause(20); // until another one may have ended
      return;
    }
    this.tell("open", { data: this.ws.connectionId });
    const ended = new Promise((fulfil) => this.ws.onClose(({ code, reason }) => {
      live--;
      this.tell("close", { code, data: reason });
      fulfil();
    }));
    this.ws.onError((error) => this.tell("error", { data: error.message }));
    if (this.plan.late > 0) await pause(this.plan.late);
    this.tell("listen");
    this.ws.onMessage((message) => this.hear(message));
    for (const step of this.plan.steps) await this.perform(step);
    await ended;
    this.send("text", 1);
    await Promise.all([...this.sends, ...this.closes]);
    this.tell("amount", { n: this.ws.bufferedAmount ?? 0 });
    this.end();
  }

  end() {
    this.over = true;
    this.tell("over");
  }

  options() {
    const { timeout, abort } = this.plan;
    const options = timeout > 0 ? { timeout } : {};
    if (abort === 0) return options;
    const controller = new AbortController();
    setTimeout(() => {
      if (!this.over) this.tell("abort");
      controller.abort();
    }, abort);
    return { ...options, signal: controller.signal };
  }

  hear(message) {
    this.tell("message", dataOf(message));
    const step = this.plan.at[this.heard++];
    if (step !== undefined) this.perform(step);
    if (step?.do === "throw") throw new Error("as planned");
  }

  perform(step) {
    switch (step.do) {
      case "send":
        for (let i = 0; i < step.count; i++) this.send(step.kind, step.size);
        return;
      case "pause":
        return pause(step.ms);
      case "settle":
        return Promise.all(this.sends);
      case "busy":
        for (const end = Date.now() + step.ms; Date.now() < end; );
        return;
      case "amount":
        return this.tell("amount", { n: this.ws.bufferedAmount });
      case "invalid":
        this.ws.send(7).catch((error) => this.tell("invalid", { code: codeOf(error) }));
        return;
      case "close":
        this.tell("closing", { code: step.code, data: step.reason });
        this.closes.push(this.ws.close(step.code, step.reason).then(() => this.tell("closed"), (error) => this.tell("unclosed", { data: error.message })));
    }
  }

  send(kind, size) {
    const k = this.sends.length;
    this.tell("send", { n: k, kind, size });
    const told = (error) => this.tell("sent", { n: k, code: error === undefined ? "" : codeOf(error) });
    this.sends.push(this.ws.send(payload[kind](k, size)).then(() => told(), told));
  }
}

async function slot() {
  for (;;) {
    const plan = await lab("next");
    if (plan === null) return;
    await new Bout(plan).run();
  }
}

/** Takes all places and one more, which must be refused, and gives them back. */
async function count(url) {
  const all = [];
  let refusal;
  try {
    for (;;) all.push(await network.createWebSocket(url));
  } catch (error) {
    refusal = codeOf(error);
  }
  await Promise.all(all.map((ws) => ws.close()));
  await lab("places", { n: all.length, code: refusal });
}

setInterval(() => {}, 3);

onLoad(() => {
  Promise.all(Array.from({ length: slots }, slot)).then(async () => count(await lab("calm")));
});
