import { Module } from '@nestjs/common';
import { ChaptersModule } from 'src/modules/chapters';
import { PaymentsModule } from 'src/modules/payments';
import { FrontPageController } from './http/front-page.controller';
import { LegalController } from './http/legal.controller';

/** The front page for students, the first commands for developers, and the legal pages. */
@Module({ imports: [ChaptersModule, PaymentsModule], controllers: [FrontPageController, LegalController] })
export class SiteModule {}
