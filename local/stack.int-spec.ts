import { startStack, type Stack } from '../test/support/stack';
import { isAlive } from './processes';

describe('startStack', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ workers: 2 });
  }, 60_000);

  afterAll(() => stack.stop());

  const readiness = () => fetch(`${stack.apiUrl}/health/ready`);

  it('runs web and workers as separate processes, without Redis by default', async () => {
    const pids = [stack.web.pid, ...stack.workers.map(({ pid }) => pid)];

    expect(new Set(pids).size).toBe(3);
    expect(stack.redisUrl).toBeUndefined();
    expect(await (await readiness()).json()).toMatchObject({ status: 'degraded' });
  });

  it('kills a part and starts it again on the same address', async () => {
    const { pid } = stack.web;
    await stack.kill('web');

    expect(isAlive(pid)).toBe(false);
    await expect(readiness()).rejects.toThrow();
    await stack.startWeb();
    expect((await readiness()).status).toBe(200);
  });

  it('reports that no part is left to kill', async () => {
    await stack.kill('worker');

    await expect(stack.kill('worker')).rejects.toThrow('no worker is running');
  });
});
