import type { LetterChoice, LetterView, Operations } from '../../console/index.ts';
import { toCommitView } from '../../lib/api/index.ts';
import {
  type ExplainedLetter,
  followReplays,
  MAX_LETTERS_PER_REPLAY,
  replaysOf,
} from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import type { ProgressBar } from '../display/progress-bar.ts';
import { letterDocument } from '../letters/letter-document.ts';
import { prospects } from '../letters/letter-lines.ts';
import type { LetterOptions } from '../letters/letter-options.ts';
import { planReplay } from '../letters/plan-replay.ts';
import { readLetters } from '../letters/read-letters.ts';
import { sendLetters } from '../letters/send-letters.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';

/** As long as a commit may take. */
const FOLLOW_MS = 15 * 60_000;

/** Dead letters, looked at and replayed as the commands `dlq list`, `show` and `replay` do it. */
export function letterOperations(
  environment: CliEnvironment,
  target: Target,
): Pick<Operations, 'letters' | 'letter' | 'planReplay' | 'replay' | 'followReplays'> {
  const parts = partsOf(target, environment);
  const under = (signal: AbortSignal): CliEnvironment => ({ ...environment, signal });

  const plan = (
    cli: CliEnvironment,
    choice: LetterChoice,
    { onProgress, ask }: { readonly onProgress: (text: string) => void; readonly ask?: { model: boolean } },
  ) =>
    planReplay(cli, target, {
      ...optionsOf(choice),
      ...(ask && { ask }),
      only: choice.ids,
      deep: true,
      bar: wordsFor(onProgress, 0),
    });

  return {
    async letters(choice, maxLetters, signal) {
      const reading = { deep: false, maxLetters, bar: silent };
      const { letters, unseen } = await readLetters(under(signal), parts, optionsOf(choice), reading);
      return { letters: letters.map(letterView), unseen };
    },

    async letter(id, { deep }, signal) {
      const reading = { deep, maxLetters: MAX_LETTERS_PER_REPLAY, only: new Set([id]), bar: silent };
      const { letters, unseen } = await readLetters(under(signal), parts, {}, reading);
      const [found] = letters;
      if (!found) return { unseen };
      const commit = found.commit && toCommitView(found.commit, environment.clock.now());
      return { letter: { letter: letterView(found), ...(commit && { commit }) }, unseen };
    },

    async planReplay(choice, { signal, onProgress }) {
      const asking = { onProgress, ask: { model: true } };
      const { letters, unreadable, unseen, causes } = await plan(under(signal), choice, asking);
      return { letters: letters.map(letterView), unreadable: unreadable.map(letterView), unseen, causes };
    },

    async replay(choice, { ratePerSecond: rate }, { signal, onProgress }) {
      const cli = under(signal);
      const { letters } = await plan(cli, choice, { onProgress });
      const barFor = (total: number) => wordsFor(onProgress, total);
      const { letters: sent, ...counts } = await sendLetters(cli, target, letters, { rate, barFor });
      const gone = Math.max(0, (choice.ids?.size ?? 0) - letters.length);
      return { ...counts, gone, isStopped: signal.aborted, replays: replaysOf(sent) };
    },

    followReplays(replays, { signal, onProgress }) {
      const { store, clock } = parts;
      return followReplays({ store, clock, signal, onProgress, timeoutMs: FOLLOW_MS }, replays);
    },
  };
}

function letterView(explained: ExplainedLetter): LetterView {
  return { ...letterDocument(explained), outlook: prospects[explained.prospect] };
}

function optionsOf({ queue, filter }: LetterChoice): LetterOptions {
  const { tenant, session, commitId: commit, reason, olderThanMs: olderThan } = filter;
  return { queue, tenant, session, commit, reason, olderThan };
}

/** A page that is waited for has no place for it. */
const silent: ProgressBar = { update: () => undefined, say: () => undefined, end: () => undefined };

function wordsFor(onProgress: (text: string) => void, total: number): ProgressBar {
  return {
    ...silent,
    update: (done, label) => onProgress(`${done} of ${total} ${label}`),
    say: onProgress,
  };
}
