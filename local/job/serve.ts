import { resolve } from 'node:path';
import { commitlaneClient } from '../../lib/client/index.ts';
import { displayText, type Terminal } from '../../terminal/index.ts';
import type { Conversation } from './conversation/conversation.ts';
import { invitation } from './display/invitation.ts';
import { type JobDocument, jobDocument } from './display/job-document.ts';
import { languageNotes } from './display/language-notes.ts';
import { printReport } from './display/print-report.ts';
import { startSteps } from './display/start-steps.ts';
import { terminalReporter } from './display/terminal-reporter.ts';
import type { StartOptions } from './parse-options.ts';
import { runJob } from './run/run-job.ts';
import type { RunningStack } from './running-stack.ts';
import type { StartEnvironment } from './start-environment.ts';

/**
 * Starts the stack, runs the job on it, shows what came of it, and, unless the options say `once`, stays up until
 * the environment's signal aborts.
 *
 * @throws what kept the stack from starting; the signal's reason, when it aborts before the job is done.
 */
export async function serve(
  options: StartOptions,
  environment: StartEnvironment,
  terminal: Terminal,
  conversations: readonly Conversation[],
): Promise<{ isWell: boolean; document: JobDocument }> {
  const { clock, newId } = environment;
  terminal.line(terminal.colors.bold('Starting Commitlane on this machine'));
  await using stack = await startStack(options, environment, terminal);
  const signal = AbortSignal.any([environment.signal, stack.failure]);
  const client = commitlaneClient({ baseUrl: stack.apiUrl, token: () => stack.mintToken() });
  terminal.line(`The API is up at ${terminal.colors.bold(stack.apiUrl)}.`);
  terminal.line(terminal.colors.bold('Playing conversations'));
  const reporter = terminalReporter(terminal, conversations);
  const result = await runJob({ client, reporter, clock, signal }, conversations, { runId: newId() });
  const notes = options.model ? [] : languageNotes(result.sessions);
  const document = jobDocument(result, notes);
  if (!options.json) printReport(terminal, result, notes);
  if (!options.once) {
    terminal.line();
    for (const line of invitation(stack, environment, terminal.colors)) terminal.line(line);
    await untilAborted(signal);
    stack.failure.throwIfAborted();
    terminal.line('Stopping.');
  }
  return { isWell: document.ok, document };
}

async function startStack(
  { port, cors, data, lease, model, embedding, once, verbose }: StartOptions,
  { startStack, folder, signal, variables }: StartEnvironment,
  terminal: Terminal,
): Promise<RunningStack> {
  using steps = startSteps(terminal);
  const key = variables[MODEL_KEY_VARIABLE];
  const embeddingKey = variables[EMBEDDING_KEY_VARIABLE];
  const say = (line: string) => {
    if (verbose) terminal.line(terminal.colors.dim(displayText(line)));
  };
  return await startStack({
    port,
    corsOrigins: cors,
    staysUp: !once,
    leaseStore: lease,
    ...(model && { model: { ...model, ...(key && { key }) } }),
    ...(embedding && { embedding: { ...embedding, ...(embeddingKey && { key: embeddingKey }) } }),
    ...(data !== undefined && { dataFolder: resolve(folder, data) }),
    signal,
    onStepBegin: steps.begin,
    onStepEnd: steps.end,
    onLog: say,
    onWarning: say,
  });
}

/** In the environment, and not on the command line, which others on the machine can read. */
const MODEL_KEY_VARIABLE = 'COMMITLANE_MODEL_KEY';
const EMBEDDING_KEY_VARIABLE = 'COMMITLANE_EMBEDDING_KEY';

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
