/** The registry is played by an `npm` that installs a Node which only knows its version. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const script = fileURLToPath(new URL("on-node.mjs", import.meta.url));
const installsNode = `#!/bin/sh
for last; do :; done
[ "$last" = node@99 ] && exit 1
mkdir -p "$3/node_modules/node/bin"
printf '#!/bin/sh\\necho v%s\\n' "\${last#node@}" > "$3/node_modules/node/bin/node"
chmod +x "$3/node_modules/node/bin/node"
`;

test("the command runs on each version, in the order given", () => {
	const { status, stdout } = onNode("22", "24.9.0", "--", "sh", "-c", 'echo "ran on $(node --version)"');
	expect(stdout.match(/^(ran on|ok|FAILED).*/gm)).toEqual([
		"ran on v22",
		"ran on v24.9.0",
		"ok      Node 22",
		"ok      Node 24.9.0",
	]);
	expect(status).toBe(0);
});

test("a version that fails does not keep the others from being tried, and nothing is left behind", () => {
	const { status, stdout, left } = onNode("22", "99", "24", "--", "sh", "-c", '[ "$(node --version)" = v24 ]');
	expect(stdout.match(/^(ok|FAILED).*/gm)).toEqual([
		'FAILED  Node 22: sh -c [ "$(node --version)" = v24 ] failed (exit code 1)',
		"FAILED  Node 99: it could not be installed (exit code 1)",
		"ok      Node 24",
	]);
	expect(status).toBe(1);
	expect(left).toEqual([]);
});

test.each([[[]], [["22"]], [["22", "--"]], [["--", "true"]], [["22;rm", "--", "true"]], [["--tag=x", "--", "true"]]])(
	"%j is not understood, and nothing runs",
	(args) => {
		expect(onNode(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("usage:") });
	},
);

function onNode(...args) {
	const dir = mkdtempSync(join(tmpdir(), "sf-on-node-"));
	onTestFinished(() => rmSync(dir, { recursive: true }));
	const [bin, temporary] = [join(dir, "bin"), join(dir, "tmp")];
	mkdirSync(bin);
	mkdirSync(temporary);
	writeFileSync(join(bin, "npm"), installsNode, { mode: 0o755 });
	const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, TMPDIR: temporary };
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" });
	return { status, stdout, stderr, left: readdirSync(temporary) };
}
