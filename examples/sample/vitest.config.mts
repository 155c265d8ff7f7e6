import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["src/**/*.test.ts"],
		// Nothing that one file's tests leave behind is read by another's, and a process for each file takes most of the time.
		isolate: false,
	},
});
