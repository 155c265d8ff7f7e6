import { expect, test } from "vitest";
import { mirrored } from "../git/store.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { install } from "./install.ts";
import { installerWords } from "./installer-words.ts";

test("npm's word on a lockfile out of step is told, and not how npm is used", { timeout: 60_000 }, async () => {
	const project = aRepository({
		"package.json": '{"name":"p","version":"1.0.0","dependencies":{"dep":"file:dep"}}',
		"dep/package.json": '{"name":"dep","version":"1.3.0"}',
		// No registry is asked.
		".npmrc": "offline=true\n",
		"package-lock.json":
			'{"name":"p","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"p","version":"1.0.0"}}}',
	});
	const { git, dir, leases } = await aStore(project.dir);
	const failed = install(git, mirrored("main"), { cacheDir: `${dir}/installations`, leases });
	const message = await failed.then(String, (error: Error) => error.message);
	expect(message).toMatch(/package\.json and package-lock\.json .* are in sync.*\n.*Missing: dep@\S* from lock file\n/);
	expect(message).toMatch(/\n…\n.*\n.*\nnpm error A complete log of this run can be found in: .*\nNothing is checked/);
	expect(message).not.toMatch(/--omit/);
	expect(message.split("\n").length).toBeLessThan(15);
});

test.each([
	[
		"pnpm",
		[
			...progress(),
			" ERR_PNPM_OUTDATED_LOCKFILE  Cannot install",
			"",
			"  Failure reason:",
			"* 1 dependencies were added: a",
		],
		[" ERR_PNPM_OUTDATED_LOCKFILE  Cannot install", "  Failure reason:", "* 1 dependencies were added: a"],
	],
	[
		"yarn",
		[
			"yarn install v1.22.22",
			...progress(),
			"error Your lockfile needs to be updated",
			"info Visit https://yarnpkg.com",
		],
		["error Your lockfile needs to be updated", "info Visit https://yarnpkg.com"],
	],
	[
		"npm of old",
		["npm ERR! code E404", "npm ERR!", "npm ERR! 404 Not Found"],
		["npm ERR! code E404", "npm ERR! 404 Not Found"],
	],
	[
		"whoever complains in other words",
		[...progress(), "Segmentation fault"],
		[...progress().slice(-14), "Segmentation fault"],
	],
	["a registry with a password", ["npm error https://ana:hunter22@r.example/x"], ["npm error https://***@r.example/x"]],
])("what explains it is told: %s", (_, said, told) => {
	expect(installerWords(`${said.join("\n")}\n`)).toBe(told.join("\n"));
});

function progress(): string[] {
	return Array.from({ length: 40 }, (_, index) => `Progress: resolved ${index}`);
}
