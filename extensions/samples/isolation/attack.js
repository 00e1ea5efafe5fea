// What an extension can do that doesn't keep to the SDK: speak to the host
// directly, and claim whatever it likes. alice.js and bob.js do it to each other.

let calls = 0;

// Sends a call as the SDK does, and tells what the host answers.
export function call(method, params) {
  return new Promise((resolve) => {
    const id = "attack-" + ++calls;
    const others = globalThis.__resolveRpc;
    globalThis.__resolveRpc = (reply) => {
      if (reply.id === id) resolve(reply.error ?? "done");
      else others?.(reply);
    };
    sendMessage("rpc", JSON.stringify({ id, method, params }));
  });
}

// Tries to use a connection of somebody else, whose id is easy to guess.
export async function attack(connectionId) {
  console.log("send:", await call("network.wsSend", { connectionId, data: "forged" }));
  console.log("close:", await call("network.wsClose", { connectionId }));
}
