// mqtt: each quality of service, retained messages, wills and sessions, and what
// is published while there is no broker.
import { onLoad } from "@srcnexus/ext-sdk";
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import { address, kill, restart } from "../server";

const settings = {
	reconnectPeriod: 20,
	forceNativeWebSocket: true, // else it is only used where there is a document, or a worker of a browser
	writeCache: false, // which would make 65,536 buffers first
};

onLoad(async () => {
	const url = `ws://${await address()}`;
	const connect = (clientId: string, more?: IClientOptions) => mqtt.connectAsync(url, { ...settings, clientId, ...more });
	const writer = await connect("writer");
	const reader = await connect("reader", { clean: false });
	await reader.subscribeAsync("room/+/text", { qos: 2 });

	await services(writer, reader);
	await retained(writer, await connect("late"));
	await will(reader, await connect("mortal", { will: { topic: "room/mortal/text", payload: Buffer.from("is gone"), qos: 1, retain: false } }));
	await session(writer, reader);
	await through(writer, reader);
	await Promise.all([writer.endAsync(), reader.endAsync()]);
	console.log("ended");
});

/** Text and bytes, delivered as safely as they were published. */
async function services(writer: MqttClient, reader: MqttClient): Promise<void> {
	const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
	const arrived = messages(reader, 4);
	await writer.publishAsync("room/zero/text", "ünï😀", { qos: 0 });
	await writer.publishAsync("room/one/text", "once at least", { qos: 1 });
	await writer.publishAsync("room/two/text", "exactly once", { qos: 2 });
	await writer.publishAsync("room/bytes/text", Buffer.from(bytes), { qos: 1 });
	await writer.publishAsync("room/bytes/other", "not for us", { qos: 1 });
	for (const { topic, qos, payload } of await arrived) {
		const whole = payload.length === 256 && bytes.every((byte, i) => payload[i] === byte);
		console.log(topic, qos, whole ? "all bytes" : payload.toString());
	}
}

/** What is retained is there for whoever comes later. */
async function retained(writer: MqttClient, late: MqttClient): Promise<void> {
	await writer.publishAsync("room/kept/name", "kitchen", { qos: 1, retain: true });
	const arrived = messages(late, 1);
	await late.subscribeAsync("room/#");
	const [{ topic, payload, retain }] = await arrived;
	console.log(topic, payload.toString(), retain);
	await late.endAsync();
}

/** A client that ends without a word leaves its will. */
async function will(reader: MqttClient, mortal: MqttClient): Promise<void> {
	const arrived = messages(reader, 1);
	await mortal.endAsync(true);
	const [{ topic, payload }] = await arrived;
	console.log(topic, payload.toString());
}

/** A session goes on where it was left. */
async function session(writer: MqttClient, reader: MqttClient): Promise<void> {
	await reader.endAsync();
	await writer.publishAsync("room/away/text", "while you were away", { qos: 1 });
	const arrived = messages(reader, 1);
	const connected = new Promise<boolean>((resolve) => reader.once("connect", ({ sessionPresent }) => resolve(sessionPresent)));
	reader.reconnect();
	console.log(await connected, (await arrived)[0].payload.toString());
}

/** The same clients with the next broker, which has forgotten everything. */
async function through(writer: MqttClient, reader: MqttClient): Promise<void> {
	const lost = Promise.all([writer, reader].map((client) => new Promise((resolve) => client.once("close", () => resolve(0)))));
	await kill();
	await lost;
	console.log("lost", writer.connected, reader.connected);
	const arrived = messages(reader, 2);
	const waiting = reader.publishAsync("room/down/text", "while you were down", { qos: 1, retain: true });
	const subscribed = new Promise<void>((resolve) => {
		reader.on("packetreceive", ({ cmd }) => { if (cmd === "suback") resolve(); });
	});
	await restart();
	await Promise.all([waiting, subscribed]);
	await writer.publishAsync("room/up/text", "up again", { qos: 1 });
	for (const { topic, payload } of await arrived) console.log(topic, payload.toString());
}

/** Waits for so many messages, and returns them by topic. */
function messages(client: MqttClient, count: number): Promise<IPublishPacket[]> {
	const arrived: IPublishPacket[] = [];
	return new Promise((resolve) => {
		client.on("message", function take(_topic, _payload, packet) {
			if (arrived.push(packet) < count) return;
			client.off("message", take);
			resolve(arrived.sort((a, b) => (a.topic < b.topic ? -1 : 1)));
		});
	});
}
