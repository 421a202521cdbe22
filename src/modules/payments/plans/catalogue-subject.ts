/** The subject of events about prices and products: one lease for the whole catalogue. */
export const CATALOGUE_SUBJECT = 'catalogue';
