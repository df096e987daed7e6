import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { MAX_DIMENSIONS, parseEmbeddingSetting } from '../../lib/embedding/index.ts';
import { isProtectedUrl, isWebOrigin } from '../../lib/endpoint/index.ts';
import { ModelSettingError, parseModelSetting } from '../../lib/model/index.ts';
import { type CommandStreams, configuredCommand } from '../../terminal/index.ts';
import type { EmbeddingServer, ModelServer } from '../index.ts';

export interface StartOptions {
  /** Exit after the job. */
  readonly once: boolean;
  /** Print the result as one JSON document. */
  readonly json: boolean;
  /** Show what the functions log. */
  readonly verbose: boolean;
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
  /** Finds by meaning; by words alone unless given. */
  readonly embedding?: EmbeddingServer;
}

const leaseStores = ['dynamodb', 'upstash'] as const;
type LeaseStoreName = (typeof leaseStores)[number];

const DEFAULT_PORT = 4500;
/** A run that ends by itself has no address that people must know, and may stand beside one that stays up. */
const ANY_PORT = 0;
const HIGHEST_PORT = 65_535;

/** @throws CommanderError that has said what is wrong, or, with the exit code 0, shown the help. */
export function parseOptions(
  args: readonly string[],
  environment: CommandStreams & { readonly name: string },
): StartOptions {
  const command = optionsCommand(environment).parse([...args], { from: 'user' });
  const {
    once = false,
    json = false,
    verbose = false,
    input,
    data,
    port,
    cors = [],
    ...more
  } = command.opts();
  const { lease = 'dynamodb', model = 'offline', modelUrl: url } = more;
  if (json && !once) command.error('error: --json needs --once');
  if (model === 'offline' && url !== undefined)
    command.error('error: --model-url needs --model openai-compatible:MODEL');
  if (model !== 'offline' && url === undefined)
    command.error(`error: --model ${model} needs --model-url, the server's base URL`);
  const embedding = embeddingOf(more, (problem) => command.error(`error: ${problem}`));
  return {
    once,
    json,
    verbose,
    port: port ?? (once ? ANY_PORT : DEFAULT_PORT),
    cors,
    lease,
    ...(input !== undefined && { input }),
    ...(data !== undefined && { data }),
    ...(url !== undefined && { model: { name: model, url } }),
    ...(embedding && { embedding }),
  };
}

interface EmbeddingOptions {
  readonly embeddingModel?: string;
  readonly embeddingUrl?: string;
  readonly embeddingDimensions?: number;
}

function embeddingOf(
  { embeddingModel: name, embeddingUrl: url, embeddingDimensions: dimensions }: EmbeddingOptions,
  refuse: (problem: string) => never,
): EmbeddingServer | undefined {
  if (name !== undefined && url !== undefined)
    return { name, url, ...(dimensions !== undefined && { dimensions }) };
  if (name !== undefined)
    return refuse(`--embedding-model ${name} needs --embedding-url, the server's base URL`);
  if (url === undefined && dimensions === undefined) return undefined;
  const given = url === undefined ? '--embedding-dimensions' : '--embedding-url';
  return refuse(`${given} needs --embedding-model openai-compatible:MODEL`);
}

function optionsCommand({ name, ...streams }: CommandStreams & { readonly name: string }) {
  return configuredCommand(new Command(name), streams)
    .description(
      'Runs Commitlane on this machine, and plays conversations into it: appends, commits, summaries, memories. ' +
        'Stays up then, unless told otherwise.',
    )
    .option('--once', 'exit after the job: 0 when every message is archived exactly once, else 1')
    .option('--json', 'with --once: print the result as one JSON document; progress goes to stderr')
    .option(
      '--input <file>',
      'play this file instead of the samples: one JSON object a line, with role (user, assistant, system, tool) and ' +
        "content, or with messages; other fields are kept as the message's metadata",
      single(String),
    )
    .option(
      '--data <dir>',
      'keep the data in this folder; a later start with the same folder goes on where this one ended, however it ' +
        'ended; without it the data live in memory',
      single(String),
    )
    .option(
      '--port <n>',
      `the API's port on 127.0.0.1; 0 takes any free one (default ${DEFAULT_PORT}, with --once any free one)`,
      single(parsePort),
    )
    .option(
      '--cors <origin>',
      'pages of this origin may call the API, too, such as https://chat.example; may be repeated; pages of this ' +
        'machine (http://localhost:PORT) always may',
      (text: string, before: readonly string[] = []) => [...before, parseOrigin(text)],
    )
    .option(
      '--lease <store>',
      "where leases are kept: dynamodb (the default), or upstash, which is Redis behind Upstash's REST protocol: a " +
        'redis-server of its own if there is one on the PATH, else an embedded one',
      single(parseLease),
    )
    .option(
      '--model <name>',
      'writes summaries and finds memories: offline (the default), or openai-compatible:MODEL, with --model-url',
      single((text: string) => ofThisMachine(text, parseModelSetting)),
    )
    .option(
      '--model-url <url>',
      "the server's base URL, without /chat/completions, such as http://127.0.0.1:11434/v1; its key, if it wants one, " +
        'is taken from the environment variable COMMITLANE_MODEL_KEY',
      single(parseModelUrl),
    )
    .option(
      '--embedding-model <name>',
      'finds memories and messages by meaning, too: openai-compatible:MODEL, with --embedding-url; by words alone without it',
      single((text: string) => ofThisMachine(text, parseEmbeddingSetting)),
    )
    .option(
      '--embedding-url <url>',
      "the server's base URL, without /embeddings; its key, if it wants one, is taken from the environment variable " +
        'COMMITLANE_EMBEDDING_KEY',
      single(parseModelUrl),
    )
    .option(
      '--embedding-dimensions <n>',
      'how many numbers a vector of that model has (default 256)',
      single(parseDimensions),
    )
    .option('--verbose', 'show what the functions log')
    .addHelpText(
      'after',
      '\nExit codes: 0 all is well, 1 something went wrong, 2 the command line or the input is wrong, 130 stopped.\n' +
        `\nExample:\n  ${name} --once --json --input conversation.jsonl`,
    );
}

/** A value that is given once, and is no option: that one was meant for itself. */
function single<T>(parse: (text: string) => T) {
  return (text: string, before: T | undefined): T => {
    if (before !== undefined) throw new InvalidArgumentError('It is given twice.');
    if (text === '') throw new InvalidArgumentError('It needs a value.');
    if (text.startsWith('--'))
      throw new InvalidArgumentError(`It is an option; a path can be written as './${text}'.`);
    return parse(text);
  };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  throw new InvalidArgumentError(`It must be a whole number from 0 (any free port) to ${HIGHEST_PORT}.`);
}

function parseOrigin(text: string): string {
  if (isWebOrigin(text)) return text;
  throw new InvalidArgumentError(
    'It must be the origin of web pages, such as https://chat.example, with neither a path nor a final slash.',
  );
}

function parseLease(text: string): LeaseStoreName {
  const found = leaseStores.find((name) => name === text);
  if (found) return found;
  throw new InvalidArgumentError(`It must be ${leaseStores.join(' or ')}.`);
}

function ofThisMachine(text: string, parse: (text: string) => { readonly provider: string }): string {
  try {
    const { provider } = parse(text);
    if (provider !== 'bedrock') return text;
  } catch (error) {
    if (error instanceof ModelSettingError) throw new InvalidArgumentError(error.message);
    throw error;
  }
  throw new InvalidArgumentError(
    'It cannot be of Bedrock: the functions have no AWS account on this machine.',
  );
}

function parseDimensions(text: string): number {
  const dimensions = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (dimensions >= 1 && dimensions <= MAX_DIMENSIONS) return dimensions;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_DIMENSIONS}.`);
}

function parseModelUrl(text: string): string {
  if (isProtectedUrl(text)) return text;
  throw new InvalidArgumentError(
    'It must be an https address, or one on this machine such as http://127.0.0.1:11434/v1.',
  );
}
