/** Where the gateway is found, for whoever shows it. */
import { type Floor, ledger } from "@shopfloor/core/io";
import { z } from "zod";

const Note = z.object({ url: z.string() });

export async function noteUrl(records: Floor["records"], url: string): Promise<void> {
	const note = ledger(records, { key: "notes/webhook-gateway", schema: Note, empty: { url: "" }, faults: () => [] });
	await note.update((before) => (before.url === url ? before : { url }));
}
