// Stands in for the SDK where a program runs on Node.js: its test answers over
// HTTP.
const test = process.env.TEST_ADDRESS!;

export const host = {
	async call(method: string, params: object = {}): Promise<unknown> {
		const answer = await fetch(`${test}/${method}`, { method: "POST", body: JSON.stringify(params) });
		if (!answer.ok) throw new Error(await answer.text());
		return answer.json();
	},
};

export const onLoad = (load: () => unknown): void => void queueMicrotask(load);
