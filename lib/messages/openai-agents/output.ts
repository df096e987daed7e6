import type { JsonObject, JsonValue } from '../content.ts';
import { describeOutput } from '../describe-part.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { isObject, listOf, text } from '../shape.ts';
import { readBlock, writeBlock } from './blocks.ts';

/** What a tool returned, and, where it is not the usual one, the form in which it came. */
interface Output {
  readonly output: JsonValue;
  readonly form?: 'block' | 'json' | 'string';
}

/** The ways to read an output, the one that says most first. Not all of them come back the same. */
export function readOutput(output: JsonValue): Output[] {
  const asJson = { output, form: 'json' } as const;
  if (text(output)) return [{ output, form: 'string' }];
  if (listOf(isObject)(output)) {
    return [{ output: output.map((block) => readBlock(block as JsonObject, 'tool')) }, asJson];
  }
  if (!isObject(output)) return [asJson];
  const block = output as JsonObject;
  const said = block['type'] === 'text' ? block['text'] : undefined;
  return [
    ...(text(said) ? [{ output: said }] : []),
    { output: [readBlock(block, 'tool')], form: 'block' },
    asJson,
  ];
}

/** An output as the Agents SDK has it, whatever it is. */
export function writeOutput(output: JsonValue, form: JsonValue | undefined): JsonValue {
  if (form === 'json') return output;
  if (form === 'string' && text(output)) return output;
  const parts = partsOfOutput(output, ({ type }) => type === 'openaiAgents');
  const blocks = parts?.map((part) => writeBlock(part, 'tool'));
  if (form === 'block' && blocks?.length === 1 && blocks[0]) return blocks[0];
  return blocks ?? { type: 'text', text: describeOutput(output) };
}
