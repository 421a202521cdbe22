import type { OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of this application. Only what builds the application can describe the whole of it. */
export class ApiDescription {
  private describe: (() => OpenAPIObject) | undefined;
  private json: string | undefined;

  /** Says how to make the document; it is made when somebody first asks for it. */
  provide(describe: () => OpenAPIObject): void {
    this.describe = describe;
  }

  toJson(): string {
    if (this.describe === undefined) throw new Error('nobody provided the description of the API');
    this.json ??= JSON.stringify(this.describe());
    return this.json;
  }
}
