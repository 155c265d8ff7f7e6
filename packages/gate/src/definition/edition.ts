/**
 * Raised when the same definition, on the same trees, is judged otherwise than before: what was found out by an older
 * gate then counts for nothing.
 */
export const edition = 2;
