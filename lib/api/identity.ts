import { CommitlaneError } from '../errors/index.ts';
import { nameSchema } from '../session/index.ts';

/** Who is asking, as the gateway's authorizer has verified. The request itself has no say in it. */
export interface Identity {
  readonly tenant: string;
  /** The user; the default scope of the sessions that they create. */
  readonly subject: string;
}

/** What the gateway hands over of a verified token or of a signed request. */
export interface AuthorizerResult {
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
  readonly iam?: { readonly accountId?: string; readonly userId?: string };
}

/** The caller is known, but not to which tenant they belong. Nothing was done. */
class IdentityIncompleteError extends CommitlaneError {
  override readonly name = 'IdentityIncompleteError';
  readonly code = 'identity-incomplete';

  constructor(what: string) {
    super(`${what} Ask whoever issues the tokens.`);
  }
}

/**
 * The identity behind a request: of a JWT the claims `tenant` and `sub`, of an IAM-signed one the account and the
 * caller's id.
 *
 * @throws IdentityIncompleteError when either is missing, is null, or is no name.
 */
export function identityOf(authorizer: AuthorizerResult | undefined): Identity {
  const { jwt, iam } = authorizer ?? {};
  const [tenant, subject] = iam
    ? [iam.accountId, iam.userId]
    : [jwt?.claims?.['tenant'], jwt?.claims?.['sub']];
  return { tenant: requireName('tenant', tenant), subject: requireName('sub', subject) };
}

/** A claim that is null, as text: every token without a tenant would be of one and the same. */
const NOTHING = 'null';

function requireName(claim: string, value: unknown): string {
  const parsed = nameSchema.safeParse(value);
  if (parsed.success && parsed.data !== NOTHING) return parsed.data;
  if (parsed.success) throw new IdentityIncompleteError(`The token's claim '${claim}' is ${NOTHING}.`);
  throw new IdentityIncompleteError(
    value === undefined
      ? `The token has no claim '${claim}'.`
      : `The token's claim '${claim}' must be ${parsed.error.issues[0]?.message ?? 'a name'}.`,
  );
}
