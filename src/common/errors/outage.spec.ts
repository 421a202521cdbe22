import { isOutage } from './outage';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('isOutage', () => {
  it.each(['08006', '53300', '57P01', '25006', '40001', '40P01', '57014', 'ECONNREFUSED', 'ECONNRESET'])(
    'counts %s as an outage',
    (code) => {
      expect(isOutage(withCode(code))).toBe(true);
    },
  );

  it.each(['23505', '42P01', '22P02', 'ERR_INVALID_ARG_TYPE'])(
    'counts %s as a defect, not an outage',
    (code) => {
      expect(isOutage(withCode(code))).toBe(false);
    },
  );

  it('checks the driver error that TypeORM wraps', () => {
    expect(isOutage(Object.assign(new Error('query failed'), { driverError: { code: '57P03' } }))).toBe(true);
  });

  it('recognises the messages that node-postgres throws without a code', () => {
    expect(isOutage(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  it('checks the errors inside an AggregateError of connection attempts', () => {
    expect(isOutage(new AggregateError([withCode('ECONNREFUSED')]))).toBe(true);
  });

  it.each([undefined, null, 'ECONNREFUSED', 42])('is false for %p', (value) => {
    expect(isOutage(value)).toBe(false);
  });
});
