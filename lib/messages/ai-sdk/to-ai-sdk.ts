import { arrangeTurns, type Turn } from '../arrange-turns.ts';
import type { CanonicalMessage, ContentPart, Role } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { isEmptyOf, ownOf, unkept } from '../own.ts';
import { isToolCallPart, isToolResultPart, partsOf } from '../parts.ts';
import { type Guard, isObject } from '../shape.ts';
import { writeFile } from './files.ts';
import {
  type AiSdkMessage,
  isApprovalRequest,
  isApprovalResponse,
  isAssistantPart,
  isProviderOptions,
  isToolPart,
  isUserPart,
} from './message.ts';
import { writeOutput } from './output.ts';

const PEER = 'aiSdk';

/**
 * Canonical messages as model messages of the AI SDK, whatever they are. Each call is followed by its results; what the
 * SDK has no word for, a call that nobody answered and a result without its call become texts that say what they are.
 * Only calls at the end may wait for results. A system message becomes one text.
 *
 * Messages with the role `system` among them are taken by the SDK if `allowSystemInMessages` is set.
 */
export function toAiSdk(messages: readonly CanonicalMessage[]): AiSdkMessage[] {
  return arrangeTurns(messages, { isBeside: besideIn(messages) }).map(writeTurn);
}

/**
 * Calls that the provider answers itself, with their results in the assistant's message, and approvals of calls: these
 * the SDK wants where they are.
 */
function besideIn(messages: readonly CanonicalMessage[]) {
  const said = messages.filter(({ role }) => role === 'assistant').flatMap(({ content }) => partsOf(content));
  const executedIds = new Set(
    said
      .filter(isToolCallPart)
      .filter(isExecuted)
      .map(({ toolCallId }) => toolCallId),
  );
  const approvals = approvalsIn(messages);
  return (part: ContentPart, { role }: CanonicalMessage): boolean => {
    if (role !== 'assistant') return approvals.has(part);
    if (isToolCallPart(part)) return isExecuted(part);
    return isToolResultPart(part) ? executedIds.has(part.toolCallId) : approvals.has(part);
  };
}

/** Requests for the approval of a call in the same turn, and responses before anything but results is said. */
function approvalsIn(messages: readonly CanonicalMessage[]): ReadonlySet<ContentPart> {
  const approvals = new Set<ContentPart>();
  const [calls, open, requests] = [new Set<unknown>(), new Set<unknown>(), new Set<unknown>()];
  const endTurn = () => {
    for (const ids of [calls, open, requests]) ids.clear();
  };
  let last: Role | undefined;
  for (const { role, content } of messages) {
    if (role !== 'tool' && (role !== 'assistant' || last === 'tool')) endTurn();
    last = role;
    for (const part of partsOf(content)) {
      if (role === 'assistant') {
        if (isToolCallPart(part)) calls.add(part.toolCallId);
        if (isToolCallPart(part) && !isExecuted(part)) open.add(part.toolCallId);
        if (!isApprovalRequest(part) || !calls.has(part.toolCallId)) continue;
        requests.add(part.approvalId);
        approvals.add(part);
      } else if (isApprovalResponse(part) && requests.has(part.approvalId)) approvals.add(part);
      else if (!isToolResultPart(part) || !open.delete(part.toolCallId)) endTurn();
    }
  }
  return approvals;
}

const isExecuted = (part: ContentPart) => part['providerExecuted'] === true;

function writeTurn({ speaker, isString, parts, message }: Turn): AiSdkMessage {
  const { providerOptions, content: form } = speaker === message.role ? ownOf(PEER, message.metadata) : {};
  const options = isProviderOptions(providerOptions) ? { providerOptions } : {};
  const said = parts.filter((part) => !isEmptyOf(PEER, part));
  const text = said.map(describePart).join('\n');
  const isText = isString || (said.length === 0 && form === 'text');
  switch (speaker) {
    case 'system':
      return { role: speaker, content: text, ...options };
    case 'user':
      return { role: speaker, content: isText ? text : said.map(writeAs(isUserPart)), ...options };
    case 'assistant':
      return { role: speaker, content: isText ? text : said.map(writeAs(isAssistantPart)), ...options };
    case 'tool':
      return { role: speaker, content: said.flatMap((part) => writeIf(isToolPart, part) ?? []), ...options };
  }
}

function writeAs<Part>(isPart: Guard<Part>) {
  return (part: ContentPart) => writeIf(isPart, part) ?? { type: 'text' as const, text: describePart(part) };
}

/** With all that the part has, unless something of it is not as the SDK wants it. */
function writeIf<Part>(isPart: Guard<Part>, part: ContentPart): Part | undefined {
  const kept = unkept(PEER, part);
  const isPaired = isObject(kept) && String(kept['type']).startsWith('tool-');
  return [write(part), write(bare(part)), isPaired ? undefined : kept].find(isPart);
}

const notOfTheSdk = ['aiSdk', 'anthropic', 'openaiChat', 'openaiResponses', 'rawInput', 'isError'];

/** The part, in the words of the SDK. */
function write(part: ContentPart): unknown {
  if (part.type === 'file' || part.type === 'reasoning-file') return writeFile(part);
  const fields = Object.fromEntries(Object.entries(part).filter(([name]) => !notOfTheSdk.includes(name)));
  return isToolResultPart(part) ? { ...fields, output: writeOutput(part) } : fields;
}

const needed = [
  'type',
  'text',
  'toolCallId',
  'toolName',
  'input',
  'output',
  'isError',
  'mediaType',
  'url',
  'data',
  'name',
];

/** The part with nothing but what it has to have. */
function bare(part: ContentPart): ContentPart {
  const fields = Object.fromEntries(Object.entries(part).filter(([name]) => needed.includes(name)));
  return { ...fields, type: part.type, ...(isExecuted(part) && { providerExecuted: true }) };
}
