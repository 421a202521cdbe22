import Fastify from 'fastify';
import { loadCourse } from 'src/modules/chapters';
import { ConfigError } from 'src/config/app-config';
import { startOrExit } from 'src/common/process/start-or-exit';
import { chapterPage, glossaryPage, mistakesPage, overviewPage } from './preview/preview-pages';

const PREFERRED_PORT = 4000;
const HOST = '127.0.0.1';

/** `npm run content:preview [folder]`: serves the course, or its mistakes, as pages and rereads the files at each request. */
startOrExit('content:preview', async () => {
  const directory = process.argv[2] ?? 'content';
  const server = Fastify();
  const pages: Record<string, (parameters: Record<string, string>) => Promise<string | undefined>> = {
    '/': async () => overviewPage(await loadCourse(directory)),
    '/glossary': async () => glossaryPage(await loadCourse(directory)),
    '/:chapterId': async ({ chapterId = '' }) => chapterPage(await loadCourse(directory), chapterId),
  };
  for (const [path, render] of Object.entries(pages)) {
    server.get(path, async (request, reply) => {
      const html = await render(request.params as Record<string, string>).catch(mistakes);
      void reply.code(html === undefined ? 404 : 200).type('text/html; charset=utf-8');
      return html ?? 'This chapter does not exist.';
    });
  }
  const url = await server
    .listen({ port: PREFERRED_PORT, host: HOST })
    .catch(() => server.listen({ port: 0, host: HOST }));
  process.stdout.write(`The course is at ${url} (press Ctrl-C to stop)\n`);
});

function mistakes(error: unknown): string {
  if (error instanceof ConfigError) return mistakesPage(error.problems);
  throw error;
}
