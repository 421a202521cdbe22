import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpConfig } from 'src/config/app-config';

/** Generated from the code; `npm run openapi:check` fails when the two differ. */
export const API_FILE = 'docs/openapi.json';

interface ApiDocument {
  readonly tags: readonly { readonly name: string }[];
  readonly components: {
    readonly securitySchemes: {
      readonly oauth: { readonly flows: { readonly authorizationCode: Record<string, unknown> } };
    };
  };
}

/** Who opens these pages is an operator: their operations come first, and so does the sign-in that gives their scope. */
function forOperators(document: ApiDocument): ApiDocument {
  const { tags, components } = document;
  const { oauth, ...others } = components.securitySchemes;
  return {
    ...document,
    tags: tags.toSorted((a, b) => Number(b.name === OPERATORS) - Number(a.name === OPERATORS)),
    components: { ...components, securitySchemes: { oauth, ...others } },
  };
}

const OPERATORS = 'Operators';

/** The OpenAPI document of the whole API, with this server's addresses. A missing file keeps the process from starting. */
@Injectable()
export class ApiDocumentService implements OnModuleInit {
  private served = '';

  constructor(private readonly config: HttpConfig) {}

  async onModuleInit(): Promise<void> {
    const document = JSON.parse(await readFile(API_FILE, 'utf8')) as ApiDocument;
    const flow = document.components.securitySchemes.oauth.flows.authorizationCode;
    for (const name of ['authorizationUrl', 'tokenUrl', 'refreshUrl']) {
      flow[name] = this.config.publicUrl + new URL(String(flow[name])).pathname;
    }
    this.served = JSON.stringify(forOperators(document));
  }

  get json(): string {
    return this.served;
  }
}
