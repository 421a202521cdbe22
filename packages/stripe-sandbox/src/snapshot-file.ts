import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Sandbox } from './sandbox';
import { readSnapshot, writeSnapshot } from './snapshot-lines';

const SAVE_EVERY_MS = 2_000;

/** Keeps a sandbox's state in a file: read once, written atomically when something changed. */
export class SnapshotFile {
  private savedRevision = 0;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = SAVE_EVERY_MS;

  constructor(
    private readonly path: string,
    private readonly sandbox: Sandbox,
  ) {}

  /** Loads what is there; a file that cannot be read is set aside, so that a start never fails because of it. */
  load(): void {
    if (!existsSync(this.path)) return;
    try {
      this.sandbox.restore(readSnapshot(this.path));
    } catch {
      renameSync(this.path, `${this.path}.unreadable`);
    }
  }

  /** Saves from time to time; a large state, which takes longer to write, is saved less often. */
  start(): void {
    this.timer = setTimeout(() => {
      const startedAt = Date.now();
      if (this.sandbox.revision !== this.savedRevision) this.trySave();
      this.pauseMs = Math.max(SAVE_EVERY_MS, (Date.now() - startedAt) * 20);
      this.start();
    }, this.pauseMs);
    this.timer.unref();
  }

  /** A full disk is told about and tried again; it does not end the sandbox. */
  private trySave(): void {
    try {
      this.save();
    } catch (error) {
      this.savedRevision = -1;
      process.stderr.write(`stripe-sandbox: the state could not be saved: ${(error as Error).message}\n`);
    }
  }

  /** Writes beside the file and renames, so that a crash leaves the old state or the new one. */
  save(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    this.savedRevision = this.sandbox.revision;
    const draft = `${this.path}.${process.pid}.tmp`;
    writeSnapshot(draft, this.sandbox.snapshot());
    renameSync(draft, this.path);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.save();
  }
}
