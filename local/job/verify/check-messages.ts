import { isDeepStrictEqual } from 'node:util';
import type { PositionedMessage } from '../../../lib/client/index.ts';
import type { Conversation, ConversationMessage } from '../conversation/conversation.ts';
import type { StoredSession } from '../run/stored-session.ts';
import type { JobProblem, JobProblemKind } from './job-problem.ts';

/** A stored message, and where it is: in an archive, or live. */
interface Place {
  readonly message: PositionedMessage;
  readonly where: string;
  readonly archive?: { readonly from: number; readonly to: number };
}

type Find = (kind: JobProblemKind, message: string) => void;

/** Every message is in exactly one archive, in order, as it was sent; there are no others. */
export function checkMessages(
  conversation: Conversation,
  stored: StoredSession,
  acknowledgedIds: ReadonlySet<string>,
): JobProblem[] {
  const problems: JobProblem[] = [];
  const find: Find = (kind, message) => problems.push({ kind, session: stored.sessionId, message });
  const places = placesOf(stored);
  const placesById = Map.groupBy(places, ({ message }) => message.id);
  const absent = conversation.messages.filter(({ id }) => !placesById.has(id));
  checkAbsent(absent, conversation.messages.length, acknowledgedIds, find);
  for (const sent of conversation.messages) checkOne(sent, placesById.get(sent.id) ?? [], find);
  checkOthers(conversation, places, find);
  checkOrder(conversation, places, find);
  return problems;
}

function placesOf({ archives, live }: StoredSession): Place[] {
  return [
    ...archives.flatMap((archive) =>
      archive.messages.map((message) => ({ message, archive, where: `archive ${archive.archive}` })),
    ),
    ...live.map((message) => ({ message, where: 'the live messages' })),
  ];
}

function checkAbsent(
  absent: readonly ConversationMessage[],
  total: number,
  acknowledgedIds: ReadonlySet<string>,
  find: Find,
): void {
  const lost = absent.filter(({ id }) => acknowledgedIds.has(id));
  const unsent = absent.length - lost.length;
  for (const { id } of lost) find('lost', `Message ${id} is in no archive, and not live.`);
  if (unsent > 0) find('not-appended', `${unsent} of ${total} messages were not appended.`);
}

function checkOne(sent: ConversationMessage, places: readonly Place[], find: Find): void {
  if (places.length > 1) {
    const where = places.map((place) => `${place.where} (position ${place.message.position})`);
    find('doubled', `Message ${sent.id} is stored ${places.length} times: in ${where.join(', in ')}.`);
  }
  for (const { message, where, archive } of places) {
    if (!archive) find('still-live', `Message ${sent.id} is still live.`);
    for (const field of differences(sent, message)) {
      find('altered', `The ${field} of message ${sent.id} in ${where} is not as it was sent.`);
    }
  }
}

/** Also as JSON: what is sent as `-0` is received as `0`, by everybody. */
function differences(sent: ConversationMessage, stored: PositionedMessage): string[] {
  const expected: ConversationMessage = JSON.parse(JSON.stringify(sent));
  const fields = ['role', 'content', 'metadata', ...(sent.at === undefined ? [] : ['at'])] as const;
  return fields.filter(
    (field) => !isDeepStrictEqual(Reflect.get(stored, field), Reflect.get(expected, field)),
  );
}

function checkOthers({ messages }: Conversation, places: readonly Place[], find: Find): void {
  const sentIds = new Set(messages.map(({ id }) => id));
  for (const { message, where } of places) {
    if (!sentIds.has(message.id)) {
      find('unknown-message', `Message ${message.id} in ${where} was not sent by this job.`);
    }
  }
}

function checkOrder({ messages }: Conversation, places: readonly Place[], find: Find): void {
  const turnOf = new Map(messages.map(({ id }, index) => [id, index]));
  const seen = new Set<string>();
  let latest: { readonly message: PositionedMessage; readonly turn: number } | undefined;
  for (const { message, where, archive } of places) {
    const { id, position } = message;
    if (archive && (position < archive.from || position > archive.to)) {
      const range = `${archive.from} to ${archive.to}`;
      find('gap', `Message ${id} has position ${position}, outside of ${where} (${range}).`);
    }
    const turn = turnOf.get(id);
    if (turn === undefined || seen.has(id)) continue;
    seen.add(id);
    if (latest && turn < latest.turn) {
      find('reordered', `Message ${id} in ${where} comes after ${latest.message.id}, which was sent later.`);
      continue;
    }
    if (latest && position < latest.message.position) {
      find(
        'reordered',
        `Message ${id} in ${where} has position ${position}, after ${latest.message.position}.`,
      );
    }
    latest = { message, turn };
  }
}
