import { InvalidArgumentError } from '@commander-js/extra-typings';
import { nameSchema } from '../../lib/session/index.ts';

/** An id: of a tenant, a session, a commit or a key. */
export function parseName(text: string): string {
  const parsed = nameSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(
    `It must be ${parsed.error.issues.map(({ message }) => message).join('; ')}.`,
  );
}
