import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { offerCode, telegramPeople } from "@shopfloor/core";
import { ledger } from "@shopfloor/core/io";
import { expect, onTestFinished, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

const token = "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp";

/** The bot gave a stranger this code. */
async function asking(cli: Cli, code: string, id = 4711): Promise<void> {
	await ledger(cli.floor.records, telegramPeople).update((current) => {
		const offer = offerCode(current, { id, name: "Ana\u202e" }, code, cli.clock.now());
		return offer.kind === "code" ? offer.next : current;
	});
}

async function log({ floor }: Cli): Promise<string[]> {
	const entries = await floor.log.last(10, { type: ["alert"] });
	return entries.map(({ by, data }) => `${by} ${"message" in data ? data.message : ""}`);
}

test("a code lets somebody in once, and the log says who did", async () => {
	const cli = aCli();
	await asking(cli, "KMPT4R7W");
	expect((await cli.run("telegram", "ls")).out).toContain("asks with KMPT4R7W");
	expect(await cli.run("telegram", "approve", "kmpt-4r7w")).toEqual({
		out: "Ana\\u{202e} (4711) is let in. To take it back: npx shopfloor telegram remove 4711\n",
		err: "",
		code: 0,
	});
	expect(await log(cli)).toEqual([expect.stringContaining("telegram:4711 (Ana\\u{202e}) may steer the factory")]);
	expect(await cli.run("telegram", "approve", "KMPT4R7W")).toMatchObject({
		code: 1,
		err: expect.stringContaining("nobody was given that code; 9 more wrong ones"),
	});
});

test("who is removed is listened to no more", async () => {
	const cli = aCli();
	await asking(cli, "KMPT4R7W");
	await cli.run("telegram", "approve", "KMPT4R7W");
	expect((await cli.run("telegram", "remove", "4711")).out).toBe("4711 is not listened to any more.\n");
	expect(await cli.run("telegram", "remove", "4711")).toMatchObject({ code: 1 });
	expect(await cli.run("telegram", "remove", "ana")).toMatchObject({ code: 2 });
	expect(JSON.parse((await cli.run("telegram", "ls", "--json")).out)).toEqual({ people: [], asking: [] });
});

test("a token that Telegram takes is stored, and shown nowhere", async () => {
	const api = await aTelegram({ ok: true, result: { username: "floor_bot" } });
	const cli = aCli({ piped: `${token}\n` });
	configured(cli, api);
	const { out, err, code } = await cli.run("telegram", "setup");
	expect({ out, code }).toEqual({
		out: [
			"The bot is @floor_bot; its token is stored.",
			"Write to the bot, and let yourself in with the code that it gives you:",
			"  npx shopfloor telegram approve <code>",
			"",
		].join("\n"),
		code: 0,
	});
	expect(out + err).not.toContain(token);
	expect(readFileSync(join(cli.stateDir, "secrets", "telegram-token"), "utf8")).toBe(token);
});

test("a token that Telegram refuses is not stored", async () => {
	const api = await aTelegram({ ok: false, error_code: 401, description: "Unauthorized" }, 401);
	const cli = aCli({ piped: token });
	configured(cli, api);
	expect(await cli.run("telegram", "setup")).toMatchObject({
		code: 1,
		err: expect.stringContaining("Telegram does not take it: Unauthorized"),
	});
	expect((await cli.run("secret", "list", "--json")).out).toBe("[]\n");
});

test("what is no token is refused before anybody is asked; where nobody answers it is stored", async () => {
	expect(await aCli({ piped: "hello" }).run("telegram", "setup")).toMatchObject({ code: 2 });
	const cli = aCli({ piped: token });
	// A port of the reserved ones, where nobody listens.
	configured(cli, "http://127.0.0.1:1");
	const { out, err, code } = await cli.run("telegram", "setup");
	expect(out).toContain("Whether it is right nobody could say");
	expect(code).toBe(0);
	expect(out + err).not.toContain(token);
});

function configured(cli: Cli, api: string): void {
	cli.configure({ repository: { path: "." }, bot: { api } });
}

async function aTelegram(answer: object, status = 200): Promise<string> {
	const server = createServer((_request: IncomingMessage, response: ServerResponse) => {
		response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
