import { Injectable } from '@nestjs/common';
import { Catalogue } from 'src/modules/payments/plans/catalogue';
import { CATALOGUE_SUBJECT } from 'src/modules/payments/plans/catalogue-subject';
import type { ForeignWrite, SyncContributor } from './sync-contributor';

/** The sync of the subject `catalogue`: what Stripe says of the configured prices now, for all processes. */
@Injectable()
export class CatalogueSync implements SyncContributor {
  constructor(private readonly catalogue: Catalogue) {}

  async prepareForeign(subjectId: string): Promise<ForeignWrite | undefined> {
    if (subjectId !== CATALOGUE_SUBJECT) return undefined;
    const prices = await this.catalogue.readAll();
    const write = async () => {
      for (const price of prices) await this.catalogue.save(price);
    };
    return { write, outcome: 'synced' };
  }
}
