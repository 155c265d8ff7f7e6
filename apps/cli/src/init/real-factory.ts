/** Which factory is configured: never the one of a first run, which is there to be thrown away. */
import { findPlaces } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { demoPm2Home, inDemo } from "../demo/places.ts";
import { runningDaemon } from "../factory/daemon.ts";
import { exitCodes, Failure } from "../failure.ts";

export function realFactory<Given extends Pick<Context, "places" | "environment">>(context: Given): Given {
	const { places, environment } = context;
	if (!inDemo(places)) return context;
	// Once something is configured, npm stop means the processes of that.
	if (runningDaemon(demoPm2Home(places)) !== undefined)
		throw new Failure(
			exitCodes.notReady,
			"the first run is still up. Take it down first: npm stop. Nothing was written.",
		);
	const { PM2_HOME: _ofTheFirstRun, ...rest } = environment;
	return { ...context, places: findPlaces({ SHOPFLOOR_CONFIG: "shopfloor.config.json" }), environment: rest };
}
