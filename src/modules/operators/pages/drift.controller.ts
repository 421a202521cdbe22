import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { DriftRepairService } from 'src/modules/operators/drift-repair.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { reasonFormSchema, type ReasonForm } from './acts.schema';
import { driftPage } from './drift.view';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';

/** What sweeps have found to differ from Stripe. */
@OpsPages()
@Controller('ops/drift')
export class DriftPagesController {
  constructor(private readonly drift: DriftRepairService) {}

  @Get()
  @OpsGet()
  async show(): Promise<string> {
    return driftPage(await this.drift.list());
  }

  @Post('repair')
  @OpsPost()
  async repair(
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.drift.repair({ ...acting, reason });
    return seeOther(reply, '/ops/drift');
  }
}
