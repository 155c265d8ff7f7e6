/** As apps are built: one file, which must not take itself for the program of the compiler's process. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tempDir } from "@shopfloor/core/testing";
import { execa } from "execa";
import { expect, test } from "vitest";

const ours = fileURLToPath(new URL("../../", import.meta.url));
const bundle = fileURLToPath(new URL("../../../../scripts/bundle.mjs", import.meta.url));

test("bundled into an app, it finds its compiler and mends", { timeout: 120_000 }, async () => {
	const app = anApp();
	await execa(process.execPath, [bundle], { cwd: app });
	expect(readdirSync(join(app, "dist")).sort()).toEqual(["main.js", "main.js.map"]);
	const project = aProject();
	const { stdout } = await execa(process.execPath, [join(app, "dist", "main.js"), project]);
	expect(JSON.parse(stdout)).toMatchObject({ kind: "done", text: expect.stringMatching(/^a\.ts:1: /) });
	expect(readFileSync(join(project, "a.ts"), "utf8")).toBe("export const port: number = 8080;\n");
});

/** A folder as those in apps/, which have what they depend on in their own `node_modules`. */
function anApp(): string {
	const dir = tempDir();
	for (const folder of ["src", "node_modules/@shopfloor"]) mkdirSync(join(dir, folder), { recursive: true });
	symlinkSync(join(ours, "fixtures", "mend.mjs"), join(dir, "src", "main.ts"));
	symlinkSync(ours, join(dir, "node_modules", "@shopfloor", "agents"));
	return dir;
}

function aProject(): string {
	const dir = tempDir();
	writeFileSync(
		join(dir, "tsconfig.json"),
		'{ "compilerOptions": { "strict": true, "lib": ["es2022"], "types": [], "noEmit": true } }',
	);
	writeFileSync(join(dir, "a.ts"), 'export const port: number = "8080";\n');
	return dir;
}
