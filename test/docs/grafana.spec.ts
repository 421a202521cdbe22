import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PREFIX } from '../../src/metrics/metrics';
import { FACT_GAUGES } from '../../src/modules/monitoring/system-metrics.service';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const dashboard = JSON.parse(
  readFileSync(join(resolve(__dirname, '..', '..'), 'docs/grafana/course-companion.json'), 'utf8'),
) as { readonly panels: readonly Panel[] };

const HISTOGRAMS = ['http_request_duration_seconds', 'stripe_call_duration_seconds'];
const REAL = new Set([
  ...FACT_GAUGES.map(({ name }) => PREFIX + name),
  ...HISTOGRAMS.flatMap((name) => ['_bucket', '_sum', '_count'].map((suffix) => PREFIX + name + suffix)),
  'nodejs_eventloop_lag_p99_seconds',
  'process_resident_memory_bytes',
  'process_cpu_seconds_total',
]);
const namesIn = (query: string) => query.match(/\b(?:companion|nodejs|process)_\w+/g) ?? [];

describe('docs/grafana/course-companion.json', () => {
  it.each(dashboard.panels.map((panel) => [panel.title, panel] as const))('queries real metrics in "%s"', (_, panel) => {
    const names = panel.targets.flatMap(({ expr }) => namesIn(expr));

    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !REAL.has(name))).toEqual([]);
  });

  it('shows every fact', () => {
    const shown = new Set(dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr))));

    expect(FACT_GAUGES.map(({ name }) => PREFIX + name).filter((name) => !shown.has(name))).toEqual([]);
  });
});
