import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpConfig } from 'src/config/app-config';
import type { JsonObject } from './domain/actions-schema';
import { withPublicUrl } from './domain/build-actions-document';

/** Generated from the code and checked for drift, so that the served document is the linted and tested one. */
export const ACTIONS_FILE = 'chatgpt/actions.openapi.json';

/** The Actions document with the public URL of this process. A missing file prevents the start. */
@Injectable()
export class ActionsDocumentService implements OnModuleInit {
  private served: JsonObject = {};

  constructor(private readonly config: HttpConfig) {}

  async onModuleInit(): Promise<void> {
    const committed = JSON.parse(await readFile(ACTIONS_FILE, 'utf8')) as JsonObject;
    this.served = withPublicUrl(committed, this.config.publicUrl);
  }

  get document(): JsonObject {
    return this.served;
  }
}
