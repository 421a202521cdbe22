import { getChromiumPath } from './chromium';

describe('getChromiumPath', () => {
  it('prefers CHROMIUM_PATH', () => {
    expect(getChromiumPath({ CHROMIUM_PATH: process.execPath, PATH: '' })).toBe(process.execPath);
  });

  it('names the variable when it points nowhere', () => {
    expect(() => getChromiumPath({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
      /CHROMIUM_PATH=\/nowhere\/chromium is not an executable file[\s\S]*apt-get install -y chromium/,
    );
  });

  it('says how to get one when there is none', () => {
    expect(() => getChromiumPath({ PATH: '' })).toThrow(
      /^No Chromium found[\s\S]*apt-get install -y chromium/,
    );
  });
});
