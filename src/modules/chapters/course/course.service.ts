import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ConfigError, ContentConfig } from 'src/config/app-config';
import { loadCourse, QUIZ_FOLDER } from './content/load-course';
import type { Course } from './domain/course';

/** An editor saves a file in several steps. The course is reloaded once, after the last step. */
const SETTLE_MS = 100;

/** Loads the course. An invalid course stops the start; an invalid edit of a running course keeps the last valid version. */
@Injectable()
export class CourseService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(CourseService.name);
  private loaded: Course | undefined;
  private readonly watchers: FSWatcher[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly config: ContentConfig) {}

  /** Throws ConfigError with every mistake in the content. */
  async onModuleInit(): Promise<void> {
    this.loaded = await loadCourse(this.config.directory);
    if (!this.config.reload) return;
    const { directory } = this.config;
    // A watcher sees only files in its own folder. A quiz folder that is created later is watched after the next start.
    [directory, join(directory, QUIZ_FOLDER)]
      .filter((folder) => existsSync(folder))
      .forEach((folder) => this.watch(folder));
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.close();
  }

  get course(): Course {
    if (this.loaded === undefined) throw new Error('The course is read only after the module has started.');
    return this.loaded;
  }

  /** Loads the files if they are valid; otherwise logs every mistake and keeps the current course. Never rejects. */
  async reload(): Promise<void> {
    try {
      this.loaded = await loadCourse(this.config.directory);
      this.logger.log('the course was read again');
    } catch (error) {
      const problems = error instanceof ConfigError ? error.problems : [String(error)];
      this.logger.warn({ problems }, 'the changed course is not valid; the last valid one stays');
    }
  }

  private watch(folder: string): void {
    const watcher = watch(folder, { persistent: false }, () => this.reloadSoon());
    this.watchers.push(watcher);
    // When the folder is moved or deleted, watching stops and the process continues.
    watcher.on('error', (error) => this.logger.warn({ err: error }, 'content is no longer watched'));
  }

  private reloadSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reload(), SETTLE_MS);
    this.timer.unref();
  }
}
