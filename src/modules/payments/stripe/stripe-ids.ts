/** The id of something that Stripe gives as an id, or expanded as an object. */
export const idOf = (reference: string | { readonly id: string }): string =>
  typeof reference === 'string' ? reference : reference.id;

export const idOrNull = (reference: string | { readonly id: string } | null | undefined): string | null =>
  reference === null || reference === undefined ? null : idOf(reference);
