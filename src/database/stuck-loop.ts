import { Logger } from '@nestjs/common';

/** A process that is alive and does nothing looks healthy. Its supervisor starts a new one. */
export function exitBecauseStuck(channel: string): void {
  new Logger('Watchdog').fatal({ loop: channel }, 'a loop is stuck; the process exits');
  // Logs are written synchronously at this level; nothing else is worth waiting for.
  process.exit(1);
}
