import { CommitlaneError } from '../../lib/errors/index.ts';
import { displayText } from '../../lib/text/index.ts';

/** Causes that operators meet, by the names, codes and words of the SDK and of Node, and what to do about each. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    'There are no AWS credentials: sign in (aws sso login), choose a profile with --profile, or use --local.',
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    'The AWS credentials have expired: sign in again (aws sso login).',
  ],
  [
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/,
    'AWS does not accept these credentials: look at the profile and the region.',
  ],
  [
    /^(AccessDenied|AccessDeniedException|AuthorizationError)$/,
    'These credentials may not do that: see "What an operator must be allowed" in docs/operations.md.',
  ],
  [/^ECONNREFUSED$/, 'The service does not answer at its address: if this is the local stack, it has ended.'],
  [
    /^Region is missing$/,
    'There is no AWS region: give --region, set AWS_REGION, or give the profile one (aws configure).',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'The service cannot be found: look at the region and the network.'],
];

/** What an operator may have meant, by the code of the error. */
const hints: Readonly<Record<string, string>> = {
  'session-not-found': 'Is it misspelled, or of another tenant?',
  'memory-not-found': 'The command commitlane memories list --forgotten also shows what was taken back.',
  'memory-not-forgotten': 'The command for that is commitlane memories edit.',
};

/** What to tell an operator of an error: its own words, and what to do where its cause is well known. */
export function explainError(error: unknown): { readonly code: string; readonly message: string } {
  const code = error instanceof CommitlaneError ? error.code : 'failed';
  const own = displayText(wordsOf(error));
  const advice = namesOf(error).flatMap((name) => causes.find(([pattern]) => pattern.test(name))?.[1] ?? []);
  const hint = error instanceof CommitlaneError ? hints[error.code] : undefined;
  const words = hint === undefined ? own : `${own} ${hint}`;
  return { code, message: advice[0] === undefined ? words : `${advice[0]} (${words})` };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CommitlaneError) return error.message;
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}

/** The names and codes of an error and its causes, the outermost first; its words, where it has no name of its own. */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { name, message, code, cause } = error as Error & { code?: unknown };
  const inner = error instanceof AggregateError ? error.errors.flatMap(namesOf) : [];
  const words = name === 'Error' ? message : name;
  return [words, ...(typeof code === 'string' ? [code] : []), ...inner, ...namesOf(cause)];
}
