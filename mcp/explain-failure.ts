import { CommitlaneError } from '../lib/errors/index.ts';

/** What a model can do about a problem, by its code. */
const hints: Readonly<Record<string, string>> = {
  'session-not-found': 'The tool for that is open_session; but perhaps the id is misspelled.',
  'http-401': 'Nothing that you pass changes that: tell whoever runs this server.',
};

/** What a model is told of a call that failed: what was wrong, and what to do. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof CommitlaneError)) {
    return 'The call failed, and not by a mistake of yours: whoever runs this server finds the reason in its log.';
  }
  const hint = hints[error.code];
  return hint === undefined ? error.message : `${error.message} ${hint}`;
}
