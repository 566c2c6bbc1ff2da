/** What the cookies of this site are called first. */
export const COOKIE_PREFIX = 'xishan';

/** The cookie of a signed-in person. */
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;
