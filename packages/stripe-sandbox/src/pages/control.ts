import type { FastifyInstance, FastifyReply } from 'fastify';
import { advance } from '../control/control';
import { parseForm } from '../http/form';
import { boundary } from '../billing/periods';
import type { Sandbox } from '../sandbox';
import { controlPage } from './control-view';
import { API_SWITCHES, DELIVERY_SWITCHES } from './fault-view';

/** The control page: who is subscribed, what was delivered, and the clock. */
export function serveControlPage(server: FastifyInstance, sandbox: Sandbox): void {
  const { world, dispatcher } = sandbox;
  const back = (reply: FastifyReply) => reply.redirect('/', 303);
  server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(controlPage(sandbox)));
  server.post('/control/clock', (request, reply) => {
    const now = world.clock.now();
    const step = parseForm(String(request.body))['step'];
    const target = STEPS[String(step)]?.(now);
    if (target !== undefined) advance(sandbox, target);
    return back(reply);
  });
  const actionOf = (body: unknown) => String(parseForm(String(body))['action']);
  server.post('/control/deliveries', (request, reply) => {
    const action = actionOf(request.body);
    if (action === 'pause') dispatcher.pause();
    if (action === 'resume') dispatcher.resume();
    const chosen = DELIVERY_SWITCHES[action];
    if (chosen) dispatcher.useFaults(chosen.faults);
    return back(reply);
  });
  server.post('/control/api', (request, reply) => {
    const chosen = API_SWITCHES[actionOf(request.body)];
    if (chosen) sandbox.apiFaults.use(chosen.faults);
    return back(reply);
  });
}

const STEPS: Readonly<Record<string, (now: number) => number>> = {
  hour: (now) => now + 3600,
  day: (now) => now + 86_400,
  week: (now) => now + 7 * 86_400,
  month: (now) => boundary(now, { interval: 'month', interval_count: 1 }, 1),
};
