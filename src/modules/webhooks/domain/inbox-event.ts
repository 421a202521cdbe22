export const EVENT_STATUSES = ['pending', 'processed', 'ignored', 'dead', 'quarantined'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Which loop ran the work: a Bull processor, or the dispatcher. */
export type ProcessedBy = 'bull' | 'dispatcher';
