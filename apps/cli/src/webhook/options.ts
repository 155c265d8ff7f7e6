export interface SecretOptions {
	readonly rotate?: true;
}
