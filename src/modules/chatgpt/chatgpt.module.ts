import { Module } from '@nestjs/common';
import { ActionsDocumentService } from './actions-document.service';
import { ActionsDocumentController } from './http/actions-document.controller';

/** The document that a custom GPT imports. */
@Module({ controllers: [ActionsDocumentController], providers: [ActionsDocumentService] })
export class ChatgptModule {}
