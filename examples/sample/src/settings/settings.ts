import { parseCount } from "./numbers.js";

export interface Settings {
	readonly deskName: string;
	readonly labelColumns: number;
	readonly labelRows: number;
	/** After this hour parcels leave on the next day. */
	readonly lastPickupHour: number;
}

export const defaultSettings: Settings = {
	deskName: "Parcel desk",
	labelColumns: 2,
	labelRows: 4,
	lastPickupHour: "17",
};

/** Lines `name = value`; what is not there or cannot be read stays as it is by default. */
export function readSettings(text: string): Settings {
	const values = new Map(text.split("\n").map((line) => pairOf(line)));
	const count = (name: string, otherwise: number) => parseCount(values.get(name) ?? "") ?? otherwise;
	return {
		deskName: values.get("deskName") ?? defaultSettings.deskName,
		labelColumns: count("labelColumns", defaultSettings.labelColumns),
		labelRows: count("labelRows", defaultSettings.labelRows),
		lastPickupHour: count("lastPickupHour", defaultSettings.lastPickupHour),
	};
}

function pairOf(line: string): [string, string] {
	const [name = "", ...value] = line.split("=");
	return [name.trim(), value.join("=").trim()];
}
