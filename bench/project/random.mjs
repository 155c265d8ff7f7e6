/** Numbers that are the same for the same seed (mulberry32). */
export function randomOf(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		next,
		/** From `least` to `most`, both of them possible. */
		whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
		pick: (list) => list[Math.floor(next() * list.length)],
	};
}
