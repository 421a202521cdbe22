import { z } from 'zod';
import { EXPORTED_TABLES, type PersonalExport } from 'src/modules/personal-data';

const rowSchema = z.record(z.string(), z.unknown());
const names = EXPORTED_TABLES.map(({ section }) => section).filter((section) => section !== 'profile');

export const personalExportSchema = z.object({
  exported_at: z.iso.datetime(),
  profile: rowSchema.describe('The account'),
  sections: z
    .object(Object.fromEntries(names.map((name) => [name, z.array(rowSchema)])))
    .describe('Everything else that is stored, one array per kind of record; amounts are in minor units'),
});

/** What a file or an answer contains. */
export const toExportResponse = ({ profile, sections }: PersonalExport, now: Date) => ({
  exported_at: now.toISOString(),
  profile,
  sections,
});
