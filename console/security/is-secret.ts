import { timingSafeEqual } from 'node:crypto';

/** Whether somebody knows a secret; how long the answer takes says nothing about it but its length. */
export function isSecret(given: string | undefined, secret: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
