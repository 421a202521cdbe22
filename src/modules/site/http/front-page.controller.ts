import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { CHATGPT_URL, HTML_CONTENT } from 'src/common/http/page';
import { HttpConfig, SiteConfig } from 'src/config/app-config';
import { CourseService } from 'src/modules/chapters';
import { PlansService } from 'src/modules/payments';
import { frontPage } from './front-page.view';
import { quickstartPage } from './quickstart.view';

@ApiExcludeController()
@Controller()
export class FrontPageController {
  constructor(
    private readonly content: CourseService,
    private readonly plans: PlansService,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  @Public()
  @Get()
  @Header(...HTML_CONTENT)
  async show(): Promise<string> {
    const { title, chapters } = this.content.course;
    // Without prices, the page still shows everything else.
    const plans = await this.plans.listPlans().catch(() => []);
    return frontPage({ title, chapters, plans, chatgptUrl: this.site.gptUrl ?? CHATGPT_URL });
  }

  @Public()
  @Get('docs/quickstart')
  @Header(...HTML_CONTENT)
  showQuickstart(): string {
    return quickstartPage(this.http.publicUrl);
  }
}
