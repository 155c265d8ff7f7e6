// The processes that PM2 keeps alive. The list follows from shopfloor.config.json, so it is asked for, not written here.
// CommonJS, because PM2 reads it with require().
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const shopfloor = join(__dirname, "apps", "cli", "bin", "shopfloor.mjs");
const { status, stdout, stderr } = spawnSync(process.execPath, [shopfloor, "ecosystem"], { encoding: "utf8" });

if (status !== 0) {
	process.stderr.write(stderr);
	process.exit(status ?? 1);
}

module.exports = JSON.parse(stdout);
