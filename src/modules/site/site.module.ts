import { Module } from '@nestjs/common';
import { LandingController } from './http/landing.controller';

/** What somebody sees who opens the address of the backend in a browser. */
@Module({ controllers: [LandingController] })
export class SiteModule {}
