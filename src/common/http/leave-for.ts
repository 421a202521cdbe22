import type { FastifyReply } from 'fastify';
import { page } from './page';

/**
 * Leads the browser to a page of another origin. Not by a redirect: sign-in may have led here, and browsers apply the
 * `form-action` of its page to every redirect after its form. Return it from the handler.
 */
export function leaveFor(reply: FastifyReply, url: string): string {
  void reply.header('refresh', `0;url=${url}`);
  return page({
    title: 'One moment',
    text: 'The secure page of our payment provider opens now.',
    tone: 'wait',
    link: { href: url, label: 'Continue' },
  });
}
