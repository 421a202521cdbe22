/** As printed on the certificate. */
export const COURSE_TITLE = 'Generative AI: From First Principles to Real Work';
