import { Controller, Get, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from 'src/common/domain/clock';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RecentSignInRequiredError, UserSessionsService } from 'src/modules/auth';
import { PersonalExportService } from 'src/modules/personal-data';
import { personalExportSchema, toExportResponse } from './personal-data.schema';

/** What a person may do with their own data. Connected applications cannot: no operation names a scope. */
@ApiTags('Auth')
@ApiBearerAuth()
@Controller('api/v1/users/me')
export class PersonalDataController {
  constructor(
    private readonly sessions: UserSessionsService,
    private readonly exports: PersonalExportService,
    private readonly clock: Clock,
  ) {}

  @Get('export')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'exportMyData',
    summary: 'Export everything stored about me',
    description:
      'Profile, sessions, learning, purchases, record of money and emails. Needs a sign-in of the last five minutes (403 recent_sign_in_required). Contains no secrets.',
  })
  @ApiOkResponse({ description: 'All of it', standardSchema: personalExportSchema })
  @ApiProblems(new RecentSignInRequiredError())
  async export(
    @CurrentUser() { userId, sessionId }: Principal,
  ): Promise<ReturnType<typeof toExportResponse>> {
    await this.sessions.requireRecent(sessionId);
    return toExportResponse(await this.exports.collect(userId), this.clock.now());
  }
}
