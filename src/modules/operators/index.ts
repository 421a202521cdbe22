export { OperatorsModule } from './operators.module';
