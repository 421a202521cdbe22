/** A lease in force. `fence` is raised by every lease of the subject: a later lease has a higher one. */
export interface Lease {
  readonly subjectId: string;
  readonly fence: number;
  /** How many syncs had been requested when the lease began; a sync under it serves all of them. */
  readonly syncRequested: number;
}

/** Another process took over the lease: nothing may be written under it any more. */
export class FenceLostError extends Error {
  constructor(subjectId: string) {
    super(`the lease on ${subjectId} was taken over`);
    this.name = 'FenceLostError';
  }
}
