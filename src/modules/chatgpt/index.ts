export { ACTIONS_FILE } from './actions-document.service';
export { ChatgptModule } from './chatgpt.module';
export { buildActionsDocument, type ApiDocument } from './domain/build-actions-document';
