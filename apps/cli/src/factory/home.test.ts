import { expect, test } from "vitest";
import { inHome, pm2Home } from "./home.ts";

test("PM2's own home is used unless PM2_HOME names another", () => {
	expect(pm2Home({ HOME: "/home/ana" })).toBe("/home/ana/.pm2");
	expect(pm2Home({ HOME: "/home/ana", PM2_HOME: "/srv/pm2/" })).toBe("/srv/pm2");
});

test("a command names its home unless PM2 assumes it by itself", () => {
	const typed = (home: string, environment: NodeJS.ProcessEnv) => inHome("npx pm2 ls", home, environment);
	expect(typed("/home/ana/.pm2", { HOME: "/home/ana" })).toBe("npx pm2 ls");
	expect(typed("/srv/.pm2", { HOME: "/home/ana" })).toBe("PM2_HOME=/srv/.pm2 npx pm2 ls");
	expect(typed("/home/ana/.pm2", { HOME: "/home/ana", PM2_HOME: "/srv/.pm2" })).toBe(
		"PM2_HOME=/home/ana/.pm2 npx pm2 ls",
	);
});
