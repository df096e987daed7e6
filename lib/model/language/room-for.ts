import { estimateTokens } from '../../tokens/index.ts';
import { ModelRefusedError } from '../errors.ts';
import type { Caller } from './caller.ts';

/** Estimates may be a quarter too low for a model's own vocabulary. */
const SAFETY = 0.75;
/** Less than this would cut a conversation into shreds. */
const MIN_ROOM = 1_000;

/**
 * How many tokens of conversation fit one call, beside its other texts and its answer.
 *
 * @throws ModelRefusedError when hardly any do.
 */
export function roomFor(
  {
    name,
    contextWindowTokens,
    maxOutputTokens,
  }: Pick<Caller, 'name' | 'contextWindowTokens' | 'maxOutputTokens'>,
  others: readonly string[],
): number {
  const taken = others.reduce((sum, text) => sum + estimateTokens(text), 0);
  const room = Math.floor((contextWindowTokens - maxOutputTokens) * SAFETY) - taken;
  if (room >= MIN_ROOM) return room;
  throw new ModelRefusedError(
    name,
    `its window of ${contextWindowTokens} tokens leaves ${Math.max(0, room)} for the conversation, and ${MIN_ROOM} are needed`,
  );
}
