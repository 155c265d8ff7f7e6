/** Said before the tests: what a run leaves out is never left out silently. */
export function setup() {
	if (process.env.SHOPFLOOR_THOROUGH !== "1")
		process.stdout.write("long sweeps are taken in part; SHOPFLOOR_THOROUGH=1 takes them whole\n");
}
