/** A part of the gate that its users have no use for by itself, as it was built. */
export async function partOf(path) {
	return await import(new URL(`../../packages/gate/dist/${path}.js`, import.meta.url).href);
}
