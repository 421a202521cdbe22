export { EXPORTED_TABLES } from './domain/exported-tables';
export { PersonalDataModule } from './personal-data.module';
export { PersonalExportService, type PersonalExport } from './personal-export.service';
