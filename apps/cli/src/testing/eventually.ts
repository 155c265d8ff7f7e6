/** Tries again until the expectation holds; after half a minute it tells why it does not. */
export async function eventually(expectation: () => void | Promise<void>): Promise<void> {
	for (let tries = 0; ; tries++) {
		try {
			return await expectation();
		} catch (error) {
			if (tries >= triesMax) throw error;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
}

const triesMax = 1_500;
