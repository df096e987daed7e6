import { type ClientLimits, type ClientOptions, defaults } from './client-options.ts';
import { CommitlaneUsageError } from './errors.ts';
import { randomKey } from './random-key.ts';
import { timerClock } from './timer-clock.ts';
import { type Bounds, wholeNumbers } from './whole-numbers.ts';

/** The options as the client uses them: all there, and all checked. */
export type ResolvedOptions = Required<Omit<ClientOptions, 'token'>> & {
  readonly token: () => string | Promise<string>;
};

const bounds: Bounds<keyof ClientLimits> = {
  timeoutMs: [1, 300_000],
  maxRetries: [0, 20],
  backoffBaseMs: [0, 60_000],
  maxBackoffMs: [0, 300_000],
  maxRetryAfterMs: [0, 3_600_000],
};
const optionNames = [...Object.keys(bounds), 'baseUrl', 'token', 'fetch', 'clock', 'random', 'newKey'];

/** @throws CommitlaneUsageError for an unknown option or a value out of bounds. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  if (unknown.length > 0) {
    throw new CommitlaneUsageError(
      `Unknown client option ${unknown.join(', ')}. Known options are: ${optionNames.join(', ')}.`,
    );
  }
  return {
    ...wholeNumbers('Client option', options, defaults, bounds),
    baseUrl: checkedBaseUrl(options.baseUrl),
    token: tokenFunction(options.token),
    // A browser's fetch must not be called as a method of another object.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? timerClock,
    random: options.random ?? Math.random,
    newKey: options.newKey ?? randomKey,
  };
}

function checkedBaseUrl(baseUrl: string): string {
  const url = parseUrl(baseUrl);
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash;
  if (!isUsable) {
    throw new CommitlaneUsageError(
      `Client option baseUrl must be an http or https address without query, such as https://api.example.com, not ${JSON.stringify(baseUrl)}.`,
    );
  }
  return withoutEndSlashes(url.href);
}

function withoutEndSlashes(address: string): string {
  let end = address.length;
  while (address.charAt(end - 1) === '/') end -= 1;
  return address.slice(0, end);
}

/** `URL.canParse` is missing where engines are older, such as in Safari 16. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function tokenFunction(token: ClientOptions['token']): ResolvedOptions['token'] {
  if (typeof token === 'function') return token;
  if (typeof token === 'string' && token !== '') return () => token;
  throw new CommitlaneUsageError('Client option token must be a bearer token or a function that gives one.');
}
