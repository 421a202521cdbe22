import type { HttpConfig } from 'src/config/app-config';
import { ActionsDocumentService } from './actions-document.service';

async function served(publicUrl: string) {
  const service = new ActionsDocumentService({ publicUrl } as HttpConfig);
  await service.onModuleInit();
  return service.document;
}

describe('ActionsDocumentService', () => {
  it.each(['https://course.example.org', 'http://127.0.0.1:3000'])(
    'serves the document for %s',
    async (url) => {
      const document = await served(url);

      expect(document['servers']).toEqual([{ url }]);
      expect(JSON.stringify(document)).toContain(`${url}/oauth/authorize`);
      expect(JSON.stringify(document['components'])).not.toContain('companion.example.com');
    },
  );
});
