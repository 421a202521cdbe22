import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** All names begin with it, except those of the process and of Node. */
export const PREFIX = 'companion_';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Description {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** The metrics of this process. Features register their own; a name is registered once per process. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  readonly contentType = this.registry.contentType;

  constructor() {
    // CPU, memory, garbage collection, and how late the event loop is.
    collectDefaultMetrics({ register: this.registry });
  }

  counter({ name, help, labels = [] }: Description): Counter {
    return new Counter({ name: PREFIX + name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** For durations, in seconds. */
  histogram({ name, help, labels = [] }: Description): Histogram {
    const { registry } = this;
    return new Histogram({
      name: PREFIX + name,
      help,
      labelNames: [...labels],
      buckets: SECONDS,
      registers: [registry],
    });
  }

  /** `collect` runs at each reading. */
  gauge({ name, help, labels = [] }: Description, collect?: () => void | Promise<void>): Gauge {
    const options = { name: PREFIX + name, help, labelNames: [...labels], registers: [this.registry] };
    return new Gauge(collect === undefined ? options : { ...options, collect });
  }

  /** In the text format of Prometheus. */
  read(): Promise<string> {
    return this.registry.metrics();
  }

  /** The names that a reading contains. */
  names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }
}
