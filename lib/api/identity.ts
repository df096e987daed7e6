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
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> | null } | null;
  readonly iam?: { readonly accountId?: unknown; readonly userId?: unknown } | null;
}

/** The caller is known, but not to which tenant they belong. Nothing was done. */
class IdentityIncompleteError extends CommitlaneError {
  override readonly name = 'IdentityIncompleteError';
  readonly code = 'identity-incomplete';

  constructor(what: string) {
    super(`${what} Ask the issuer of the tokens.`);
  }
}

/**
 * The identity behind a request: of a JWT the claims `tenant` and `sub`, of an IAM-signed one the account and the
 * caller, in all their sessions.
 *
 * @throws IdentityIncompleteError when either is missing, is null, or is no name.
 */
export function identityOf(authorizer: AuthorizerResult | null | undefined): Identity {
  const { jwt, iam } = authorizer ?? {};
  const [tenant, subject] = iam
    ? [iam.accountId, iamSubject(iam.userId)]
    : [jwt?.claims?.['tenant'], jwt?.claims?.['sub']];
  return { tenant: requireName('tenant', tenant), subject: requireName('sub', subject) };
}

/**
 * The caller in an IAM user id, whatever the session
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, `aws:userid`):
 *
 * - a role is `AROA…:session-name`; the session's name is a label that whoever assumes the role makes up;
 * - a user is `AIDA…`, and the root user the account's number;
 * - a federated user is `account:name`, where only the name tells one from another. It may have `=` and `,`, which no
 *   scope has; they become `|3d` and `|2c`, and since no such name has a `|`, two users never share a scope.
 */
function iamSubject(userId: unknown): unknown {
  if (typeof userId !== 'string') return userId;
  const [caller = '', ...name] = userId.split(':');
  const isAccount = /^\d{12}$/.test(caller);
  if (name.length === 0 || !isAccount) return caller;
  return userId.replace(/[=,]/g, (mark) => `|${mark.charCodeAt(0).toString(16)}`);
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
