import { parseForm } from './form';

const plain = (text: string): unknown => JSON.parse(JSON.stringify(parseForm(text)));

describe('the form parser', () => {
  it('reads nested maps and indexed lists', () => {
    expect(plain('items[0][price]=p1&items[0][metadata][k]=v&items[1][price]=p2&a=1')).toEqual({
      items: [{ price: 'p1', metadata: { k: 'v' } }, { price: 'p2' }],
      a: '1',
    });
  });

  it('reads x[]=1&x[]=2 as a list in order', () => {
    expect(plain('expand[]=a&expand[]=b')).toEqual({ expand: ['a', 'b'] });
  });

  it('orders lists by their index, not by their appearance', () => {
    expect(plain('x[1]=b&x[0]=a')).toEqual({ x: ['a', 'b'] });
  });

  it('decodes plus, percent and broken percent signs', () => {
    expect(plain('name=Ada+L%C3%B6we&rate=100%')).toEqual({ name: 'Ada Löwe', rate: '100%' });
  });

  it('keeps a value without equals sign as empty text', () => {
    expect(plain('flag&cancel_at=')).toEqual({ flag: '', cancel_at: '' });
  });

  it('does not let a key reach the prototype of objects', () => {
    parseForm('__proto__[polluted]=1&a[__proto__][polluted]=1&a[constructor][prototype][polluted]=1');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
