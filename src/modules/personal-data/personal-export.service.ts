import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { UserNotFoundError } from 'src/modules/users';
import { EXPORTED_TABLES } from './domain/exported-tables';
import { PersonalDataRepository, type ExportedRow } from './persistence/personal-data.repository';

/** Everything stored about one person, by section. */
export interface PersonalExport {
  readonly profile: ExportedRow;
  readonly sections: Readonly<Record<string, readonly ExportedRow[]>>;
}

/** Collects what is stored about a person: no secrets, and nothing about anyone else. Calls nobody. */
@Injectable()
export class PersonalExportService {
  constructor(
    private readonly database: Database,
    private readonly rows: PersonalDataRepository,
  ) {}

  /** Throws `user_not_found`. */
  collect(userId: string): Promise<PersonalExport> {
    return this.database.transaction(async () => {
      await this.rows.useUtc();
      const sections: Record<string, readonly ExportedRow[]> = {};
      for (const table of EXPORTED_TABLES) sections[table.section] = await this.rows.read(table, userId);
      const { profile: [profile] = [], ...others } = sections;
      if (profile === undefined) throw new UserNotFoundError();
      return { profile, sections: others };
    });
  }
}
