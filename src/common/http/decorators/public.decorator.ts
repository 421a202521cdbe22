import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const IS_PUBLIC = 'http:is-public';
/** Marks the operation for the OpenAPI document, which turns it into "needs no token". */
export const PUBLIC_EXTENSION = 'x-public';

/** Exempts a route from the default-deny guard. Each use appears in the committed route table. */
export const Public = () =>
  applyDecorators(SetMetadata(IS_PUBLIC, true), ApiExtension(PUBLIC_EXTENSION, true));
