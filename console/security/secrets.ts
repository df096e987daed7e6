import { randomBytes } from 'node:crypto';

/** Made at each start, and kept in memory only. */
export interface Secrets {
  /** In the printed address; opens the console. */
  readonly token: string;
  /** In the cookie of a browser that it was opened in. */
  readonly cookie: string;
  /** In every form: what sends one back has read a page. */
  readonly form: string;
}

const BYTES = 32;

export function makeSecrets(): Secrets {
  const secret = () => randomBytes(BYTES).toString('base64url');
  return { token: secret(), cookie: secret(), form: secret() };
}
