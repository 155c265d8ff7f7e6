/**
 * Codes that the fixes answer. They stand here a second time so that planning does not have to load the compiler; a test
 * holds the two together.
 */
export const likelyCodes: ReadonlySet<string> = new Set(
	[
		1064, 1205, 1308, 1312, 1484, 1485, 2304, 2322, 2339, 2345, 2348, 2355, 2362, 2363, 2365, 2367, 2503, 2531, 2532,
		2533, 2551, 2552, 2662, 2663, 2689, 2724, 2769, 2794, 2801, 2834, 2835, 2845, 4111, 4114, 6133, 6192, 6196, 6198,
		6234, 7005, 7006, 7019, 7027, 7031, 7034, 7044, 17009, 18047, 18048, 18049,
	].map((code) => `TS${code}`),
);
