import { createHash } from 'node:crypto';

const ID_CHARACTERS = 26;

/** Ids as long as a ULID, and as hard to compress, that are the same in every run. */
export function repeatableIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const digest = createHash('sha256').update(String(count)).digest();
    return BigInt(`0x${digest.toString('hex')}`)
      .toString(32)
      .slice(0, ID_CHARACTERS);
  };
}
