import { mailboxOf } from './mailbox';

describe('mailboxOf', () => {
  it.each([
    ['ada@example.test', 'ada@example.test'],
    ['ada+course@example.test', 'ada@example.test'],
    ['ada+a+b@example.test', 'ada@example.test'],
    ['a.d.a+x@gmail.com', 'ada@gmail.com'],
    ['ada@googlemail.com', 'ada@gmail.com'],
    ['a.da@example.test', 'a.da@example.test'],
    ['chatgpt-actions', 'chatgpt-actions'],
    ['@example.test', '@example.test'],
  ])('of %s is %s', (email, mailbox) => {
    expect(mailboxOf(email)).toBe(mailbox);
  });
});
