import { shortened } from '../../lib/text/index.ts';
import type { Target } from '../target/index.ts';

/** In UTF-16 code units; a role has 64 at most, a session of it as many. */
const MAX_LENGTH = 140;
/** `arn:partition:service:region:account:`, and the kind of the resource. */
const BEFORE_NAME = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:(?:assumed-role|federated-user|user)\/)?/;

/**
 * Who an operator is, for those who read what was entered: `operator:ops/ann`, without the account. Callers of the API
 * are named by their `sub`.
 */
export async function operatorName(target: Pick<Target, 'operator'>): Promise<string> {
  const name = (await target.operator()).replace(BEFORE_NAME, '');
  return shortened(`operator:${name}`, MAX_LENGTH);
}
