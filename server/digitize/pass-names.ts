/** The first pass: makes an asset of a scan, with all that a page needs. */
export const DIGITIZE = 'digitize';
/** The second, later and behind all others: adds what takes long to an asset that is shown already. */
export const REFINE = 'refine';
