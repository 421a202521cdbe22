/** A user id that no row can have, so that an unknown address costs the same statements as a known one. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
