import { probeNotes } from "@shopfloor/agents";
import { chooseRunner, ledger } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { aCli } from "../testing/a-cli.ts";
import { probeLines } from "./view.ts";

/** A probe takes seconds, and a machine under load many times that. */
const patience = { timeout: 180_000 };
const choice = await chooseRunner("auto");

test("the sandbox is tried, what held is shown, and the factory knows of it", patience, async (context) => {
	if (choice.kind === "missing") return context.skip(choice.why);
	const cli = aCli();
	const { out, err, code } = await cli.run("sandbox", "test");
	const open = out.split("\n").filter((line) => line.includes("OPEN"));
	const told = `trying to break the sandbox by ${choice.runner.name}…\n`;
	expect({ open, err, code }).toEqual({ open: [], err: told, code: 0 });
	expect(out).toMatch(/^held {2}own work +write a file in its tree and in its home, which must work\n/);
	expect(out).toMatch(/\n\nAll 19 held: the sandbox by \w+ shuts in what runs in it\.\n$/);
	const { value } = await ledger(cli.floor.records, probeNotes).read();
	expect(value.last).toMatchObject({ runner: choice.runner.name });
});

test("switched off it is not tried, and what that means is said", async () => {
	const cli = aCli();
	cli.configure({ repository: { path: "." }, sandbox: "off" });
	const { out, code } = await cli.run("sandbox", "test");
	expect(code).toBe(1);
	expect(out.replace(cli.stateDir, "STATE")).toMatchInlineSnapshot(`
		"The sandbox is off ("sandbox": "off" in STATE/shopfloor.config.json).
		Agents and checks run with your own rights: they can read your keys and the factory's, change whatever you may
		change, reach every network that you reach, and leave processes behind. Remove the key to shut them in.
		"
	`);
	expect(JSON.parse((await cli.run("sandbox", "test", "--json")).out)).toMatchObject({ setting: "off", holds: false });
});

test("an unknown one is refused", async () => {
	expect(await aCli().run("sandbox", "test", "--runner", "docker")).toMatchObject({ code: 2 });
});

test("what did not hold is shown with what was got", () => {
	const result = { name: "network", tried: "connect to this machine" };
	const probed = {
		runner: "bubblewrap",
		at: "2026-01-01T00:00:00.000Z",
		machine: "here",
		results: [
			{ ...result, held: true, detail: "refused" },
			{ ...result, held: false, detail: "it could: connected" },
		],
	} as const;
	const where = { paint: paintIf(false), out: { write: () => true }, places: aPlaces() };
	expect(probeLines(where, probed, "auto").join("\n")).toMatchInlineSnapshot(`
		"held  network  connect to this machine
		OPEN  network  it could: connected (tried: connect to this machine)

		1 of 2 did not hold. Nothing is run in the sandbox by bubblewrap until they do."
	`);
});

function aPlaces() {
	const { config, stateDir } = aCli();
	return { root: "/", state: stateDir, config };
}
