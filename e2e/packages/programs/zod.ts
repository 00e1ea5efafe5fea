// A schema validator: what a settings panel or a message from a server is checked with.
import { z } from "zod";

const Message = z.object({
	id: z.uuid(),
	kind: z.enum(["chat", "presence"]),
	sent: z.coerce.date(),
	tags: z.array(z.string().min(2)).default([]),
	author: z.object({ name: z.string().trim(), email: z.email().optional() }),
});

const good = Message.parse({
	id: "6f1c6bb1-3a0e-4b5e-9d0c-2f4d7c3b1a90",
	kind: "chat",
	sent: "2026-01-02T03:04:05Z",
	author: { name: "  Ada  ", email: "ada@example.org" },
});
console.log(JSON.stringify(good));

const bad = Message.safeParse({ id: "x", kind: "shout", sent: "never", tags: ["a"], author: {} });
console.log(bad.success, bad.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join("; "));

const Tree: z.ZodType<{ value: number; children: unknown[] }> = z.lazy(() => z.object({ value: z.number(), children: z.array(Tree) }));
console.log(Tree.safeParse({ value: 1, children: [{ value: 2, children: [] }] }).success);

const Port = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().max(65535));
console.log(Port.parse("4820"), Port.safeParse("70000").success);
const parsed = await z.string().refine(async (text) => text.length > 3).safeParseAsync("long enough");
console.log(parsed.success);
