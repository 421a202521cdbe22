import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from 'src/common/http/decorators/public.decorator';
import { HTML_CONTENT } from 'src/common/http/page';
import { HttpConfig, MailConfig, SiteConfig } from 'src/config/app-config';
import type { EmailContent } from 'src/mail/email-template';
import { SentEmails } from 'src/mail/sent-emails';
import { exampleAccountEmails } from 'src/modules/accounts';
import { exampleBillingEmails } from 'src/modules/payments';
import { emailPage, mailboxPage } from './dev-mail.view';

const nameSchema = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'is not the name of an email');

/** Emails style every element by itself. Nothing else is allowed, and no script. */
const EMAIL_POLICY = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none'";

/** The emails of a development installation, and previews of all templates. */
@Public()
@ApiExcludeController()
@Controller('dev/mail')
export class DevMailController {
  private readonly sent: SentEmails | undefined;
  private readonly templates: ReadonlyMap<string, EmailContent>;

  constructor(mail: MailConfig, { publicUrl }: HttpConfig, { contactEmail }: SiteConfig) {
    this.sent = mail.smtpUrl === undefined ? new SentEmails(mail.directory) : undefined;
    const footer = ['Course Companion', publicUrl, `Questions: ${contactEmail}`];
    this.templates = new Map([
      ...exampleAccountEmails(publicUrl, footer),
      ...exampleBillingEmails(publicUrl, footer),
    ]);
  }

  @Get()
  @Header(...HTML_CONTENT)
  async list(): Promise<string> {
    return mailboxPage({ sent: await this.sent?.list(), templates: this.templates });
  }

  @Get('sent/:id')
  @Header(...HTML_CONTENT)
  async show(@Param('id', { schema: nameSchema }) id: string): Promise<string> {
    const email = await this.find(id);
    return emailPage({ ...email, htmlPath: `/dev/mail/sent/${id}/html` });
  }

  @Get('sent/:id/html')
  @Header(...HTML_CONTENT)
  @Header('content-security-policy', EMAIL_POLICY)
  async showHtml(@Param('id', { schema: nameSchema }) id: string): Promise<string> {
    return (await this.find(id)).html;
  }

  @Get('templates/:name')
  @Header(...HTML_CONTENT)
  showTemplate(@Param('name', { schema: nameSchema }) name: string): string {
    return emailPage({ ...this.findTemplate(name), htmlPath: `/dev/mail/templates/${name}/html` });
  }

  @Get('templates/:name/html')
  @Header(...HTML_CONTENT)
  @Header('content-security-policy', EMAIL_POLICY)
  showTemplateHtml(@Param('name', { schema: nameSchema }) name: string): string {
    return this.findTemplate(name).html;
  }

  private async find(id: string) {
    const email = await this.sent?.read(id);
    if (email === undefined) throw new NotFoundException();
    return email;
  }

  private findTemplate(name: string): EmailContent {
    const email = this.templates.get(name);
    if (email === undefined) throw new NotFoundException();
    return email;
  }
}
