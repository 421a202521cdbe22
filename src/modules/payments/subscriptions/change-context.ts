/** Who changes a subscription, and which request asked for it. */
export interface ChangeContext {
  readonly userId: string;
  readonly requestId: string;
}
