import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '..', '..', '.ci', 'left-running.mjs');
const MARK = `spec-${process.pid}`;
const SLEEP = 'setTimeout(() => undefined, 60_000)';

/** What the last step of the gate says; `folders` belong to the run, and so does every process with its mark. */
function check(...folders: string[]): { status: number | null; stderr: string } {
  const env = { ...process.env, CI_RUN: MARK, CI_WAIT_MS: '4000' };
  return spawnSync(process.execPath, [SCRIPT, String(process.pid), ...folders], { env, encoding: 'utf8' });
}

describe('the last step of the gate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'course-companion-left-'));
  let child: ChildProcess | undefined;

  afterEach(() => {
    child?.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('passes when nothing is left', () => {
    expect(check(folder)).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['its environment', { cwd: '/', env: { ...process.env, CI_RUN: MARK } }],
    ['its working folder', { cwd: folder, env: {} }],
  ])('names a process that left its parent, known by %s', (_, options) => {
    child = spawn(process.execPath, ['-e', SLEEP], { ...options, detached: true, stdio: 'ignore' });

    const { status, stderr } = check(folder);

    expect(stderr).toContain(`left running: ${child.pid} `);
    expect(status).toBe(1);
  });

  it('waits for a process that is about to end', () => {
    child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 2_000)'], { cwd: folder, env: {} });

    expect(check(folder).status).toBe(0);
  });
});
