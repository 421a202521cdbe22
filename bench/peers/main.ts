import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { bareModule } from './bare';
import { naiveModule, naiveWorkerModule } from './naive';
import type { PeerName, PeerOptions } from './peer-options';
import { syncEngineModule } from './sync-engine';
import { usualGuardModule } from './usual-guard';

const MODULES: Readonly<Record<PeerName, (options: PeerOptions) => object | Promise<object>>> = {
  bare: bareModule,
  'usual-guard': usualGuardModule,
  naive: naiveModule,
  'naive-worker': naiveWorkerModule,
  'sync-engine': syncEngineModule,
};

async function start(options: PeerOptions): Promise<number> {
  const module = await MODULES[options.name](options);
  const adapter = new FastifyAdapter();
  const isBare = options.name === 'bare';
  // The bare handlers get the bytes as they arrive; the others parse, as `rawBody: true` does.
  if (isBare)
    adapter
      .getInstance()
      .addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      );
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn'],
    ...(isBare ? { bodyParser: false } : { rawBody: true }),
  });
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}

process.once('message', (options: PeerOptions) => {
  start(options).then(
    (port) => process.send?.({ port }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
