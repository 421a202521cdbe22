import { Module } from '@nestjs/common';
import { LandingController } from './http/landing.controller';
import { LegalController } from './http/legal.controller';

/** What somebody sees who opens the address of the backend in a browser, and the texts that it needs by law. */
@Module({ controllers: [LandingController, LegalController] })
export class SiteModule {}
