/**
 * Returns the next key set. The first key of a set signs, the second signs after the next rotation, and the third signed
 * before: it stays for its tokens until the next rotation. Verifiers know every key one rotation before it signs.
 */
export function rotateKeys<Key>([current, next]: readonly Key[], makeKey: () => Key): Key[] {
  const signing = next ?? makeKey();
  return [signing, makeKey(), ...(current === undefined ? [] : [current])];
}
