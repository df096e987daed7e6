import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { DEFAULT_DIMENSIONS, MAX_DIMENSIONS, parseEmbeddingSetting } from '../lib/embedding/index.ts';
import { isProtectedUrl } from '../lib/endpoint/index.ts';
import { ModelSettingError, parseModelSetting } from '../lib/model/index.ts';
import { type CommandStreams, configuredCommand } from '../terminal/index.ts';

export interface Options {
  readonly input: string;
  readonly questions: string;
  readonly json: boolean;
  /** Follows up, answers and judges; the offline model follows up unless given. */
  readonly model?: { readonly name: string; readonly url: string };
  /** Found by meaning, too, when given. */
  readonly embedding?: { readonly model: string; readonly url: string; readonly dimensions?: number };
}

/** @throws CommanderError that has said what is wrong, or, with the exit code 0, shown the help. */
export function parseOptions(args: readonly string[], streams: CommandStreams): Options {
  const command = configuredCommand(new Command('npm run eval --'), streams)
    .description(
      'Plays a conversation into the real code, asks questions about it, and measures how much of the evidence the search ' +
        'finds. Everything runs in this process. See docs/search.md.',
    )
    .requiredOption(
      '--input <file>',
      'the conversation: one JSON object a line, with role, content and, if any, name, at, and part, whose change ends a ' +
        'sitting',
    )
    .requiredOption(
      '--questions <file>',
      'one JSON object a line, with question, answer and evidence: the numbers, from 1, of the lines that answer it',
    )
    .option(
      '--model <name>',
      'writes summaries, finds memories, answers, and judges the answers: offline (the default), which neither answers nor ' +
        'judges, or openai-compatible:MODEL, with --model-url',
      parseModel,
    )
    .option(
      '--model-url <url>',
      "the server's base URL, without /chat/completions; its key, if it wants one, is taken from the environment variable " +
        'COMMITLANE_MODEL_KEY',
      parseModelUrl,
    )
    .option(
      '--embedding-model <name>',
      'finds by meaning, too, and says how much that adds: openai-compatible:MODEL, with --embedding-url',
      parseEmbeddingModel,
    )
    .option(
      '--embedding-url <url>',
      "the server's base URL, without /embeddings; its key, if it wants one, is taken from the environment variable " +
        'COMMITLANE_EMBEDDING_KEY',
      parseModelUrl,
    )
    .option(
      '--embedding-dimensions <number>',
      `of its vectors; default: ${DEFAULT_DIMENSIONS}`,
      parseDimensions,
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 measured, 1 something went wrong, 2 wrong options or files, 130 stopped.\n' +
        '\nExample:\n  npm run eval -- --input conversation.jsonl --questions questions.jsonl',
    )
    .parse([...args], { from: 'user' });
  const options = command.opts();
  const { input, questions, json = false, model = 'offline', modelUrl: url } = options;
  if (model === 'offline' && url !== undefined)
    command.error('error: --model-url needs --model openai-compatible:MODEL');
  if (model !== 'offline' && url === undefined)
    command.error(`error: --model ${model} needs --model-url, the server's base URL`);
  const { embeddingModel, embeddingUrl, embeddingDimensions: dimensions } = options;
  if ((embeddingModel === undefined) !== (embeddingUrl === undefined))
    command.error('error: --embedding-model and --embedding-url need each other');
  if (dimensions !== undefined && embeddingModel === undefined)
    command.error('error: --embedding-dimensions needs --embedding-model');
  return {
    ...{ input, questions, json },
    ...(url !== undefined && { model: { name: model, url } }),
    ...(embeddingModel !== undefined &&
      embeddingUrl !== undefined && {
        embedding: {
          model: embeddingModel,
          url: embeddingUrl,
          ...(dimensions !== undefined && { dimensions }),
        },
      }),
  };
}

function parseEmbeddingModel(text: string): string {
  return parseSetting(text, (setting) => parseEmbeddingSetting(setting).provider);
}

function parseDimensions(text: string): number {
  const dimensions = Number(text);
  if (Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= MAX_DIMENSIONS) return dimensions;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_DIMENSIONS}.`);
}

function parseModel(text: string): string {
  return parseSetting(text, (setting) => parseModelSetting(setting).provider);
}

/** What a deployment takes, but no model of Bedrock: nothing here has an account. */
function parseSetting(text: string, providerOf: (text: string) => string): string {
  try {
    if (providerOf(text) !== 'bedrock') return text;
  } catch (error) {
    if (error instanceof ModelSettingError) throw new InvalidArgumentError(error.message);
    throw error;
  }
  throw new InvalidArgumentError('It cannot be of Bedrock here: give an openai-compatible one.');
}

function parseModelUrl(text: string): string {
  if (isProtectedUrl(text)) return text;
  throw new InvalidArgumentError(
    'It must be an https address, or one on this machine such as http://127.0.0.1:11434/v1.',
  );
}
