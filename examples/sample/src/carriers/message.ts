/** What a carrier sends when a parcel has moved. */
export interface CarrierMessage {
	readonly parcel: string;
	readonly state: string;
	readonly place?: string;
	/** When the depot had it, as an ISO date. */
	readonly received: string;
}
