import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { formPage } from 'src/common/http/form-page';
import { refuseForm, type FormRefusal } from 'src/common/http/form-refusal';
import { seeOther } from 'src/common/http/see-other';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import { fullNameSchema } from 'src/modules/accounts';
import { CertificatesService } from 'src/modules/chapters';
import { CustomerDetails } from 'src/modules/payments';
import { UsersService } from 'src/modules/users';
import { problemPage } from './account-subscription.view';

// A rejected form is shown again with the reason, so anything is accepted here.
const nameFormSchema = z.object({ full_name: z.string().default('') });
const nameSchema = z.object({ full_name: fullNameSchema });

/** Name and certificate. */
@AccountPages()
@Controller('account')
export class AccountProfileController {
  constructor(
    private readonly users: UsersService,
    private readonly certificates: CertificatesService,
    private readonly customers: CustomerDetails,
  ) {}

  @Get('name')
  @FormPage()
  async showName(@CurrentSession() { userId }: BrowserSession): Promise<string> {
    return namePage((await this.users.getById(userId)).fullName, {});
  }

  @Post('name')
  @FormPost()
  async changeName(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: nameFormSchema }) form: z.infer<typeof nameFormSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.users.rename(userId, nameSchema.parse(form).full_name);
      await this.customers.announce(userId);
    } catch (error) {
      return namePage(form.full_name, refuseForm(reply, error));
    }
    return seeOther(reply, '/account?done=renamed');
  }

  /** Leads to the public page of the certificate, which is issued when it was earned. */
  @Get('certificate')
  @FormPage()
  async showCertificate(
    @CurrentSession() { userId }: BrowserSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { claims } = await this.certificates.getCertificate(userId);
      return seeOther(reply, `/certificates/${encodeURIComponent(claims.code)}`);
    } catch (error) {
      return problemPage(refuseForm(reply, error).error);
    }
  }
}

const namePage = (present: string, { error, errors }: FormRefusal): string =>
  formPage({
    title: 'Change your name',
    text: 'It appears on certificates that are issued from now on. A certificate that you have keeps its name.',
    error,
    forms: [
      {
        action: '/account/name',
        submit: 'Save',
        fields: [
          {
            name: 'full_name',
            label: 'Name',
            type: 'text',
            autocomplete: 'name',
            value: present,
            error: errors?.['full_name'],
          },
        ],
      },
    ],
    links: [{ href: '/account', label: 'Your account' }],
  });
