import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { HTML_CONTENT } from 'src/common/http/page';
import { HttpConfig } from 'src/config/app-config';
import { landingPage } from './landing.view';

@ApiExcludeController()
@Controller()
export class LandingController {
  constructor(private readonly config: HttpConfig) {}

  @Public()
  @Get()
  @Header(...HTML_CONTENT)
  show(): string {
    return landingPage(this.config.publicUrl);
  }
}
