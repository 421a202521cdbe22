import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Clock } from 'src/common/domain/clock';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { PasswordChangeService } from 'src/modules/accounts';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import { PersonalExportService } from 'src/modules/personal-data';
import { dataPage } from './account-data.view';
import { toExportResponse } from './personal-data.schema';

// A rejected form is shown again with the reason, so anything is accepted here.
const dataFormSchema = z.object({ password: z.string().max(1000).catch('') });

/** The data of a person, as a file. */
@AccountPages()
@Controller('account')
export class AccountDataController {
  constructor(
    private readonly passwords: PasswordChangeService,
    private readonly exports: PersonalExportService,
    private readonly clock: Clock,
  ) {}

  @Get('data')
  @FormPage()
  show(): string {
    return dataPage({});
  }

  @Post('data')
  @FormPost()
  async download(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: dataFormSchema }) { password }: z.infer<typeof dataFormSchema>,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.passwords.verifyOwner({ userId, password, address });
    } catch (error) {
      return dataPage(refuseForm(reply, error));
    }
    const now = this.clock.now();
    const file = toExportResponse(await this.exports.collect(userId), now);
    void reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename="course-companion-${now.toISOString().slice(0, 10)}.json"`,
      );
    return JSON.stringify(file, undefined, 2);
  }
}
