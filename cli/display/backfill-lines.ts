import { LIST_PRICE } from '../../lib/backfill/index.ts';
import { displayText } from '../../lib/text/index.ts';
import type { BackfillDocument, BackfillPlanDocument } from '../../operator/backfill/index.ts';
import type { View } from './view.ts';

/** What there is to embed, and what it takes. */
export function backfillPlanLines({ colors }: View, document: BackfillPlanDocument): string[] {
  const { embedder, estimate, unreadable } = document;
  const { sessions, archives, messages, scopes, memories } = estimate;
  const left = unreadable.map(({ place, reason }) =>
    colors.yellow(`${displayText(place)} cannot be read, and is left out: ${displayText(reason)}`),
  );
  if (messages + memories === 0) return [`Everything is embedded by ${displayText(embedder)}.`, ...left];
  return [
    `Not embedded by ${displayText(embedder)}:`,
    `  ${counted(messages, 'message')} of ${counted(archives, 'archive')}, in ${counted(sessions, 'session')}`,
    `  ${counted(memories, 'memory', 'memories')} of ${counted(scopes, 'scope')}`,
    ...priceLines(estimate),
    ...left,
  ];
}

function priceLines({ tokens, requests, writeUnits, usd }: BackfillPlanDocument['estimate']): string[] {
  const { usdPerMillionWrites, region } = LIST_PRICE;
  return [
    `It takes, estimated: ${grouped(tokens)} tokens in ${counted(requests, 'batch', 'batches')}, and ${grouped(writeUnits)} W: ` +
      `${usd < 0.01 ? 'less than 0.01' : usd.toFixed(2)} $ at ${usdPerMillionWrites} $ per million, the on-demand list price in ${region}.`,
    "The model's own price comes on top, and that of the vector index.",
  ];
}

/** What was embedded, and what was not. */
export function backfillLines({ colors }: View, document: BackfillDocument): string[] {
  const { done, total, archives, messages, memories, failures, stopped } = document;
  const { archivesEmbeddedMeanwhile, archivesGone, memoriesChanged } = document;
  const others = [
    [archivesEmbeddedMeanwhile, 'archives that were embedded meanwhile'],
    [archivesGone, 'archives that were deleted meanwhile'],
    [memoriesChanged, 'memories that were changed or deleted meanwhile'],
  ].flatMap(([number, what]) => (number === 0 ? [] : [`  ${number} ${what}`]));
  return [
    `${counted(messages, 'message')} of ${counted(archives, 'archive')} and ${counted(memories, 'memory', 'memories')} are embedded.`,
    ...(others.length === 0 ? [] : ['There were also:', ...others]),
    ...failures.map(({ place, reason }) =>
      colors.red(`${displayText(place)} is left as it was: ${displayText(reason)}`),
    ),
    ...(stopped
      ? [
          `${colors.red('Stopped')} after ${grouped(done)} of ${grouped(total)}: ${displayText(stopped.reason)}`,
          'Nothing is lost: the same command continues with what is left.',
        ]
      : []),
  ];
}

/** `1 message`, `12,000 messages`. */
const counted = (number: number, noun: string, nouns = `${noun}s`) =>
  `${grouped(number)} ${number === 1 ? noun : nouns}`;

const grouped = (number: number) => number.toLocaleString('en');
