import { Injectable } from '@nestjs/common';
import { HeartbeatsRepository } from './persistence/heartbeats.repository';

/** When a worker last said that it runs. */
@Injectable()
export class Heartbeats {
  constructor(private readonly rows: HeartbeatsRepository) {}

  /** Milliseconds since the last sign of any worker; undefined when there was none within a day. */
  findSilenceMs(): Promise<number | undefined> {
    return this.rows.findSilenceMs();
  }
}
