/**
 * The PostgreSQL channel that wakes the dispatcher. A statement that makes work due notifies it in the same statement or
 * transaction; the payload only helps a person who listens.
 */
export const WORK_CHANNEL = 'work_due';
