import { secretKinds, secretsIn } from '../redaction/index.ts';
import { cleanText } from '../text/index.ts';
import type { ApiContext } from './api-context.ts';
import { SecretInMemoryError } from './errors.ts';

/** @throws SecretInMemoryError for what looks like a secret, unless the deployment redacts nothing. */
export function refuseSecrets(
  { redact = 'memories' }: Pick<ApiContext, 'redact'>,
  { key, text }: { readonly key: string; readonly text: string },
): void {
  if (redact === 'off') return;
  // A key has hyphens in place of spaces.
  for (const [field, said] of Object.entries({ text, key: key.replaceAll('-', ' ') })) {
    const kinds = new Set(secretsIn(cleanText(said)).map(({ kind }) => secretKinds[kind]));
    if (kinds.size > 0) throw new SecretInMemoryError(field, [...kinds]);
  }
}
