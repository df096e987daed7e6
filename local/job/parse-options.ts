import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { isProtectedUrl, isWebOrigin } from '../../lib/endpoint/index.ts';
import { ModelSettingError, parseModelSetting } from '../../lib/model/index.ts';
import type { ModelServer } from '../index.ts';
import { InvalidUsageError } from './errors.ts';

export interface StartOptions {
  /** Exit after the job. */
  readonly once: boolean;
  /** Print the result as one JSON document. */
  readonly json: boolean;
  /** Show what the functions log. */
  readonly verbose: boolean;
  readonly help: boolean;
  /** A file to play in place of the sample conversations. */
  readonly input?: string;
  /** Where data outlive the process; in memory unless given. */
  readonly data?: string;
  readonly port: number;
  /** Origins whose pages may call the API, besides those of this machine. */
  readonly cors: readonly string[];
  /** Where leases are kept. */
  readonly lease: LeaseStoreName;
  /** Writes summaries and finds memories; the offline model unless given. */
  readonly model?: ModelServer;
}

const leaseStores = ['dynamodb', 'upstash'] as const;
type LeaseStoreName = (typeof leaseStores)[number];

const DEFAULT_PORT = 4500;
/** A run that ends by itself has no address that people must know, and may stand beside one that stays up. */
const ANY_PORT = 0;
const HIGHEST_PORT = 65_535;

const config = {
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  input: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string' },
  cors: { type: 'string', multiple: true },
  lease: { type: 'string' },
  model: { type: 'string' },
  'model-url': { type: 'string' },
} satisfies ParseArgsOptionsConfig;

/** @throws InvalidUsageError for an unknown option or a wrong value. */
export function parseOptions(args: readonly string[]): StartOptions {
  // Not strict: its own messages do not say which options there are.
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true });
  const given = new Map<string, string | undefined>();
  const cors: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw usageError(`'${token.value}' is not an option`);
    checkOption(token.name, token.rawName, token.value);
    if (token.name === 'cors') cors.push(parseOrigin(token.value));
    else if (given.has(token.name)) throw usageError(`${token.rawName} is given twice`);
    given.set(token.name, token.value);
  }
  if (given.has('json') && !given.has('once')) throw usageError('--json needs --once');
  const model = parseModel(given.get('model'), given.get('model-url'));
  const input = given.get('input');
  const data = given.get('data');
  return {
    once: given.has('once'),
    json: given.has('json'),
    verbose: given.has('verbose'),
    help: given.has('help'),
    port: given.has('port') ? parsePort(given.get('port')) : given.has('once') ? ANY_PORT : DEFAULT_PORT,
    cors,
    lease: given.has('lease') ? parseLease(given.get('lease')) : 'dynamodb',
    ...(input !== undefined && { input }),
    ...(data !== undefined && { data }),
    ...(model && { model }),
  };
}

function checkOption(name: string, rawName: string, value: string | undefined): void {
  const known = Object.hasOwn(config, name) ? config[name as keyof typeof config] : undefined;
  if (!known) throw usageError(`${rawName} is not an option`);
  if (known.type === 'boolean' && value !== undefined) throw usageError(`${rawName} takes no value`);
  if (known.type === 'string' && !value) throw usageError(`${rawName} needs a value`);
  if (known.type === 'string' && value?.startsWith('--')) {
    throw usageError(
      `${rawName} needs a value, and '${value}' is an option (a path can be written as './${value}')`,
    );
  }
}

function parsePort(value: string | undefined): number {
  const port = /^\d{1,5}$/.test(value ?? '') ? Number(value) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  throw usageError(`--port must be a whole number from 0 (any free port) to ${HIGHEST_PORT}, not '${value}'`);
}

function parseOrigin(value: string | undefined): string {
  if (value !== undefined && isWebOrigin(value)) return value;
  throw usageError(
    `--cors must be the origin of web pages, such as https://chat.example, with neither a path nor a final slash, not '${value}'`,
  );
}

function parseLease(value: string | undefined): LeaseStoreName {
  const found = leaseStores.find((name) => name === value);
  if (found) return found;
  throw usageError(`--lease must be ${leaseStores.join(' or ')}, not '${value}'`);
}

function parseModel(name: string | undefined, url: string | undefined): ModelServer | undefined {
  const provider = name === undefined ? 'offline' : providerOf(name);
  if (provider === 'bedrock')
    throw usageError('--model cannot be one of Bedrock: the functions have no AWS account on this machine');
  if (name === undefined || provider === 'offline') {
    if (url !== undefined) throw usageError('--model-url needs --model openai-compatible:MODEL');
    return undefined;
  }
  if (url === undefined) throw usageError(`--model ${name} needs --model-url, the server's base URL`);
  if (!isProtectedUrl(url)) {
    throw usageError(
      `--model-url must be an https address, or one on this machine such as http://127.0.0.1:11434/v1, not '${url}'`,
    );
  }
  return { name, url };
}

function providerOf(name: string): string {
  try {
    return parseModelSetting(name).provider;
  } catch (error) {
    if (!(error instanceof ModelSettingError)) throw error;
    throw usageError(`--model: ${error.message.replace(/\.$/, '')}`);
  }
}

function usageError(what: string): InvalidUsageError {
  const options = Object.keys(config).map((name) => `--${name}`);
  return new InvalidUsageError(`${what}. Options are ${options.join(', ')}; --help explains them.`);
}
