import { resolve } from 'node:path';
import { CommanderError } from '@commander-js/extra-typings';
import { systemClock } from '../lib/clock/index.ts';
import { type Embedder, embedderFrom } from '../lib/embedding/index.ts';
import { modelFrom, parseModelSetting } from '../lib/model/index.ts';
import { type TerminalStream, terminalOn } from '../terminal/index.ts';
import { answererWith } from './answerer.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import { measure, type Report } from './measure.ts';
import { type Options, parseOptions } from './parse-options.ts';
import { play } from './play.ts';
import { readEvaluation } from './read-evaluation.ts';
import { reportLines } from './report-lines.ts';

const exitCodes = { well: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export interface EvalEnvironment {
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Paths are relative to it. */
  readonly folder: string;
  /** Aborts when somebody stops it. */
  readonly signal: AbortSignal;
}

/** Measures the search and shows the report. @returns the exit code. */
export async function runEval(args: readonly string[], environment: EvalEnvironment): Promise<number> {
  const { stdout, stderr, variables, signal } = environment;
  const progress = terminalOn(stderr, variables);
  try {
    const options = parseOptions(args, environment);
    const report = await evaluate(options, environment, (text) => progress.status(text));
    progress.status('');
    const lines = options.json
      ? [JSON.stringify(report, undefined, 2)]
      : reportLines(report, terminalOn(stdout, variables));
    stdout.write(`${lines.join('\n')}\n`);
    return exitCodes.well;
  } catch (error) {
    progress.status('');
    // It has said by itself what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.well : exitCodes.usage;
    const isStopped = signal.aborted && error === signal.reason;
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(isStopped ? 'Stopped.\n' : `${message}\n`);
    if (isStopped) return exitCodes.interrupted;
    return error instanceof InvalidFileError ? exitCodes.usage : exitCodes.failed;
  }
}

async function evaluate(
  { input, questions: questionFile, model: chosen, embedding }: Options,
  { folder, variables, signal }: EvalEnvironment,
  show: (status: string) => void,
): Promise<Report> {
  const { parts, questions } = await readEvaluation(resolve(folder, input), resolve(folder, questionFile));
  const key = variables['COMMITLANE_MODEL_KEY'] || undefined;
  const model = modelFrom(
    { model: chosen?.name ?? 'offline', ...(chosen && { baseUrl: chosen.url }) },
    { clock: systemClock, newMark: () => crypto.randomUUID(), ...(key && { readKey: async () => key }) },
  );
  const embedder = embedding && embedderOf(embedding, variables);
  show('Playing …');
  const played = await play({ parts }, { model, embedder, clock: systemClock, signal });
  const setting = chosen && parseModelSetting(chosen.name);
  const answerer =
    chosen && setting?.provider === 'openai-compatible'
      ? answererWith({ model: setting.model, url: chosen.url, key })
      : undefined;
  return measure(
    played,
    { messages: parts.flat().length, questions },
    {
      signal,
      onQuestion: (index) => show(`Question ${index + 1} of ${questions.length} …`),
      ...(answerer && { answerer }),
    },
  );
}

function embedderOf(
  { model, url, dimensions }: NonNullable<Options['embedding']>,
  variables: EvalEnvironment['variables'],
): Embedder {
  const key = variables['COMMITLANE_EMBEDDING_KEY'] || undefined;
  return embedderFrom(
    { model, baseUrl: url, dimensions },
    { clock: systemClock, ...(key && { readKey: async () => key }) },
  );
}
