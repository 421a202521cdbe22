import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from 'src/common/http/decorators/public.decorator';
import { ActionsDocumentService } from 'src/modules/chatgpt/actions-document.service';
import type { JsonObject } from 'src/modules/chatgpt/domain/actions-schema';

const documentSchema = z.looseObject({ openapi: z.literal('3.1.0') }).describe('An OpenAPI document');

@ApiTags('ChatGPT')
@Controller('chatgpt')
export class ActionsDocumentController {
  constructor(private readonly actions: ActionsDocumentService) {}

  @Get('openapi.json')
  @Public()
  // An import after a deployment must not get the previous document.
  @Header('cache-control', 'public, max-age=60')
  @ApiOperation({
    operationId: 'getActionsDocument',
    summary: 'The OpenAPI document that a custom GPT imports',
    description: 'The operations that ChatGPT may call, at the address in PUBLIC_URL. See chatgpt/README.md.',
  })
  @ApiOkResponse({ description: 'The document', standardSchema: documentSchema })
  show(): JsonObject {
    return this.actions.document;
  }
}
