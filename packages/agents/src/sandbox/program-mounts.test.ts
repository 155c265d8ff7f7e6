import { copyFileSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { programMounts } from "./program-mounts.ts";

test("a native program is seen alone, whatever lies beside it; a script with its folder", () => {
	const downloads = join(realpathSync(tempDir()), "downloads");
	mkdirSync(downloads);
	const native = join(downloads, "agent");
	copyFileSync(process.execPath, native);
	writeFileSync(join(downloads, "letters.txt"), "private");
	expect(programMounts(native)).toEqual([{ kind: "read-only", from: native, to: native }]);
	const script = join(downloads, "agent.sh");
	writeFileSync(script, "#!/bin/sh\n", { mode: 0o755 });
	expect(programMounts(script)).toEqual([{ kind: "read-only", from: downloads, to: downloads }]);
});
