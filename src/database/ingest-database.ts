import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from 'src/config/app-config';
import { dataSourceOptions } from './data-source';
import { Database } from './database';

const INGEST_DATA_SOURCE = Symbol('INGEST_DATA_SOURCE');

/** The same database through connections that only received events use: busy readers never delay an answer to Stripe. */
export class IngestDatabase extends Database {}

@Module({
  providers: [
    {
      provide: INGEST_DATA_SOURCE,
      inject: [DatabaseConfig],
      useFactory: ({ url, webhookPoolSize }: DatabaseConfig) =>
        new DataSource({
          ...dataSourceOptions({ url, poolSize: webhookPoolSize }),
          entities: [],
          migrations: [],
        }).initialize(),
    },
    {
      provide: IngestDatabase,
      inject: [INGEST_DATA_SOURCE],
      useFactory: (dataSource: DataSource) => new IngestDatabase(dataSource),
    },
  ],
  exports: [IngestDatabase],
})
export class IngestDatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(INGEST_DATA_SOURCE) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
