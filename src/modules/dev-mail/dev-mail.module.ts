import { Module } from '@nestjs/common';
import { DevMailController } from './http/dev-mail.controller';

/** Never part of a production process: emails contain secret links. */
@Module({ controllers: [DevMailController] })
export class DevMailModule {}
