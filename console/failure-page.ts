import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CommitlaneError } from '../lib/errors/index.ts';
import { explainError } from '../operator/errors/index.ts';
import type { ConsoleEnv, Desk } from './desk.ts';
import { ForeignRequestError, NotSignedInError } from './errors.ts';
import type { Html } from './html/html.ts';
import { links } from './html/links.ts';
import type { Page } from './pages/layout.ts';
import { problemPage } from './pages/problem-page.ts';
import { show } from './show.ts';

type Kind = readonly [ContentfulStatusCode, title: string];

const kinds: Readonly<Record<string, Kind>> = {
  'console-input': [400, 'Wrong input'],
  'invalid-limits': [400, 'Wrong input'],
  'not-signed-in': [401, 'Access denied'],
  'foreign-request': [403, 'Refused'],
  'session-not-found': [404, 'Not found'],
  'commit-not-found': [404, 'Not found'],
  'memory-not-found': [404, 'Not found'],
  'page-not-found': [404, 'Not found'],
  'commit-not-cancellable': [409, 'Not possible now'],
  'memory-not-forgotten': [409, 'Not possible now'],
  'memory-contended': [409, 'Not possible now'],
  conflict: [409, 'Not possible now'],
  'page-timeout': [504, 'The stack is slow'],
};
const stackFailed: Kind = [502, 'The stack does not answer as it should'];

/** Says what was wrong, with the status that fits. @param more what to do about it, such as a form. */
export function failurePage(
  desk: Pick<Desk, 'operations' | 'onError'>,
  c: Context<ConsoleEnv>,
  error: unknown,
  more?: Html,
): Response | Promise<Response> {
  // Neither the SDK nor a request that failed throws these.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) {
    desk.onError(error);
    const words =
      'The console itself has failed; the terminal that it runs in says how. The commands of commitlane do the same as these pages.';
    return show(desk, c, problemPage('The console has failed', words), 500);
  }
  const known = error instanceof CommitlaneError ? kinds[error.code] : undefined;
  const [status, title] = known ?? stackFailed;
  const words = explainError(error).message;
  if (error instanceof ForeignRequestError)
    return show(desk, c, { ...problemPage(title, words), isOutside: true }, status);
  if (error instanceof NotSignedInError) return show(desk, c, outsidePage(title, words), status);
  return show(desk, c, problemPage(title, words, more), status);
}

/** A browser that follows a link of another site keeps the cookie back; it sends it when the page itself asks. */
function outsidePage(title: string, words: string): Page {
  return {
    ...problemPage(title, words, html`<p>${links.to('/', 'I have done that already: try again')}</p>`),
    isOutside: true,
  };
}
