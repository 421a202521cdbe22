import { Module } from '@nestjs/common';
import { PersonalDataRepository } from './persistence/personal-data.repository';
import { PersonalExportService } from './personal-export.service';

/** What is stored about a person, across all modules. */
@Module({
  providers: [PersonalDataRepository, PersonalExportService],
  exports: [PersonalExportService],
})
export class PersonalDataModule {}
