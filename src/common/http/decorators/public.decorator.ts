import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'http:is-public';

/** Opts a route out of the default-deny guard. Each use shows up in the committed route table. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
