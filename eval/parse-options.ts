import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { isProtectedUrl } from '../lib/endpoint/index.ts';
import { ModelSettingError, parseModelSetting } from '../lib/model/index.ts';
import { type CommandStreams, configuredCommand } from '../terminal/index.ts';

export interface Options {
  readonly input: string;
  readonly questions: string;
  readonly json: boolean;
  /** Follows up, answers and judges; the offline model follows up unless given. */
  readonly model?: { readonly name: string; readonly url: string };
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
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 measured, 1 something went wrong, 2 wrong options or files, 130 stopped.\n' +
        '\nExample:\n  npm run eval -- --input conversation.jsonl --questions questions.jsonl',
    )
    .parse([...args], { from: 'user' });
  const { input, questions, json = false, model = 'offline', modelUrl: url } = command.opts();
  if (model === 'offline' && url !== undefined)
    command.error('error: --model-url needs --model openai-compatible:MODEL');
  if (model !== 'offline' && url === undefined)
    command.error(`error: --model ${model} needs --model-url, the server's base URL`);
  return { input, questions, json, ...(url !== undefined && { model: { name: model, url } }) };
}

function parseModel(text: string): string {
  try {
    if (parseModelSetting(text).provider !== 'bedrock') return text;
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
