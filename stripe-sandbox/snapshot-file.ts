import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Sandbox, Snapshot } from './sandbox';

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
      const snapshot = JSON.parse(readFileSync(this.path, 'utf8')) as Snapshot;
      if (snapshot.version === 1) this.sandbox.restore(snapshot);
    } catch {
      renameSync(this.path, `${this.path}.unreadable`);
    }
  }

  /** Saves from time to time; a large state, which takes longer to write, is saved less often. */
  start(): void {
    this.timer = setTimeout(() => {
      const startedAt = Date.now();
      if (this.sandbox.revision !== this.savedRevision) this.save();
      this.pauseMs = Math.max(SAVE_EVERY_MS, (Date.now() - startedAt) * 20);
      this.start();
    }, this.pauseMs);
    this.timer.unref();
  }

  /** Writes beside the file and renames, so that a crash leaves the old state or the new one. */
  save(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    this.savedRevision = this.sandbox.revision;
    const draft = `${this.path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(this.sandbox.snapshot()));
    renameSync(draft, this.path);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.save();
  }
}
