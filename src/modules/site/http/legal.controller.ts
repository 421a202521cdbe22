import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { HTML_CONTENT } from 'src/common/http/page';
import { AccessConfig, HttpConfig, SiteConfig } from 'src/config/app-config';
import { privacyPage } from './privacy.view';
import { termsPage } from './terms.view';

/** The privacy policy, which OpenAI requires for a public GPT, and the terms for subscribers. */
@ApiExcludeController()
@Public()
@Controller()
export class LegalController {
  constructor(
    private readonly http: HttpConfig,
    private readonly access: AccessConfig,
    private readonly site: SiteConfig,
  ) {}

  @Get('privacy')
  @Header(...HTML_CONTENT)
  privacy(): string {
    return privacyPage({ publicUrl: this.http.publicUrl, contactEmail: this.site.contactEmail });
  }

  @Get('terms')
  @Header(...HTML_CONTENT)
  terms(): string {
    return termsPage({
      publicUrl: this.http.publicUrl,
      contactEmail: this.site.contactEmail,
      pastDueGraceMs: this.access.pastDueGraceMs,
      disputes: this.access.disputes,
    });
  }
}
