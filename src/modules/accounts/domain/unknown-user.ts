/** A user id that no row can have, so that an unknown address costs the same statements as a known one. */
export const UNKNOWN_USER_ID = '00000000-0000-0000-0000-000000000000';
