/**
 * The next state of a key set in which the first key signs and the second waits: the waiting key signs from now on, a
 * new one waits, and the key that signed until now stays for the tokens that it has signed. What had been kept that way
 * before goes. So every verifier has known a key since the rotation before it first signs.
 */
export function rotateKeys<Key>([current, next]: readonly Key[], makeKey: () => Key): Key[] {
  const signing = next ?? makeKey();
  return [signing, makeKey(), ...(current === undefined ? [] : [current])];
}
