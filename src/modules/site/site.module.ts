import { Module } from '@nestjs/common';
import { LandingController } from './http/landing.controller';
import { LegalController } from './http/legal.controller';

/** The start page of the backend, and the legal pages. */
@Module({ controllers: [LandingController, LegalController] })
export class SiteModule {}
