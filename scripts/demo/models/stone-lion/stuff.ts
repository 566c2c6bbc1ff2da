/** Parts the painter tells apart; all of one stone. */
export const LION = { hide: 0, head: 1, mane: 2, trim: 3, plinth: 4 } as const;
