import type { UIMessage } from 'ai';
import { type ContentPart, isToolCallPart, isToolResultPart, type JsonObject } from '../../messages/index.ts';

type UiPart = UIMessage['parts'][number];
type Fields = Readonly<Record<string, unknown>>;

/** Of the type of a part that is stored under its own. */
const MAX_TYPE_LENGTH = 64;
/** A part that cannot be stored under its own type. */
const WRAPPED = 'ui-part';
/** Stands in a message that says nothing, which a stored one may not. */
const EMPTY = 'ui-empty';
const canonical = new Set(['text', 'reasoning', 'file', 'tool-call', 'tool-result', WRAPPED, EMPTY]);

/**
 * The parts of a UI message as they are stored: a tool's as a call, and its result once there is one, so that whoever reads
 * the session understands them. `partsToUi` gives the same parts back.
 */
export function partsFromUi(parts: readonly UiPart[]): ContentPart[] {
  const stored = (parts as readonly Fields[]).flatMap(storedPart);
  const isSilent = stored.every((part) => part.type === 'text' && part['text'] === '');
  return isSilent ? [...stored, { type: EMPTY }] : stored;
}

export function partsToUi(content: readonly ContentPart[]): UiPart[] {
  const results = new Map(content.filter(isToolResultPart).map((part) => [part.toolCallId, part]));
  return content.flatMap((part): UiPart[] => {
    if (part.type === EMPTY || isToolResultPart(part)) return [];
    if (part.type === WRAPPED) return [part['part'] as unknown as UiPart];
    return [
      isToolCallPart(part) ? toolToUi(part, results.get(part.toolCallId)) : (part as unknown as UiPart),
    ];
  });
}

function storedPart(part: Fields): ContentPart[] {
  const { type, text, url, mediaType } = part;
  const name = toolNameOf(part);
  if (name) return toolFromUi(part, name);
  const isKnown =
    ((type === 'text' || type === 'reasoning') && typeof text === 'string') ||
    (type === 'file' && Boolean(url) && Boolean(mediaType)) ||
    (typeof type === 'string' && !canonical.has(type) && type !== '' && type.length <= MAX_TYPE_LENGTH);
  return [isKnown ? (part as ContentPart) : { type: WRAPPED, part: part as JsonObject }];
}

/** @returns undefined for a part that is no tool's, or says neither which call it is. */
function toolNameOf({ type, toolName, toolCallId }: Fields): string | undefined {
  if (typeof type !== 'string' || typeof toolCallId !== 'string' || toolCallId === '') return undefined;
  const name = type === 'dynamic-tool' ? toolName : type.startsWith('tool-') ? type.slice(5) : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function toolFromUi(part: Fields, toolName: string): ContentPart[] {
  const { toolCallId, input, output, errorText, ...ui } = part as Fields & { readonly toolCallId: string };
  const common = { toolCallId, toolName };
  const call = {
    type: 'tool-call',
    ...common,
    input: input ?? null,
    ui: { ...ui, ...absent({ input, output }) },
  };
  const result = { type: 'tool-result', ...common };
  switch (ui['state']) {
    case 'output-available':
      return [call, { ...result, output: output ?? null }] as ContentPart[];
    case 'output-error':
      return [call, { ...result, output: errorText ?? '', isError: true }] as ContentPart[];
    case 'output-denied':
      return [call, { ...result, output: 'The call was denied.', isError: true }] as ContentPart[];
    default:
      return [call as ContentPart];
  }
}

/** Which fields are absent, where the stored form must have something. */
function absent(fields: Fields): Fields {
  const names = Object.keys(fields).filter((name) => fields[name] === undefined);
  return names.length > 0 ? { absent: names } : {};
}

function toolToUi(call: ContentPart, result: ContentPart | undefined): UiPart {
  const { absent: names = [], ...ui } = call['ui'] as Fields & { readonly absent?: readonly string[] };
  const { state } = ui;
  return {
    ...ui,
    toolCallId: call['toolCallId'],
    ...(!names.includes('input') && { input: call['input'] }),
    ...(state === 'output-available' && !names.includes('output') && { output: result?.['output'] }),
    ...(state === 'output-error' && { errorText: result?.['output'] }),
  } as unknown as UiPart;
}
