import { loadOperatorCredentials } from './operator-credentials';

describe('loadOperatorCredentials', () => {
  it('reads address and password', () => {
    expect(
      loadOperatorCredentials({ OPERATOR_EMAIL: ' op@example.com ', OPERATOR_PASSWORD: 'long enough' }),
    ).toEqual({ email: 'op@example.com', password: 'long enough' });
  });

  it('names every mistake at once and repeats no value', () => {
    const load = () => loadOperatorCredentials({ OPERATOR_EMAIL: 'nobody', OPERATOR_PASSWORD: 'short' });

    expect(load).toThrow(/OPERATOR_EMAIL is not an email address\n.*OPERATOR_PASSWORD has fewer than 8/);
    expect(load).not.toThrow(/nobody|short/);
  });

  it('asks for what is missing', () => {
    expect(() => loadOperatorCredentials({})).toThrow(
      /OPERATOR_EMAIL is not set\n.*OPERATOR_PASSWORD is not set/,
    );
  });
});
