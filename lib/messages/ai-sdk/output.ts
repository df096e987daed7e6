import type { ContentPart, JsonObject, JsonValue, ToolResultPart } from '../content.ts';
import { describeOutput, describePart } from '../describe-part.ts';
import { kept, ownOf, unkept, withOwn } from '../own.ts';
import { isTextPart } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { readFile, writeFile } from './files.ts';
import {
  isDenied,
  isOpaqueOutput,
  isOutput,
  isOutputFile,
  isOutputPart,
  isProviderOptions,
  isText,
  type Output,
  type OutputPart,
} from './message.ts';

const PEER = 'aiSdk';

/** What the fields of a result are, for an output of the SDK: `output`, `isError`, and what else has to be kept. */
export function readOutput(output: Output): JsonObject {
  const read = readValue(output);
  const own = {
    ...(kindOf(read.output, read.isError) !== output.type && { output: output.type }),
    ...(output.providerOptions && !isDenied(output) && { outputOptions: output.providerOptions }),
  };
  return { output: read.output, ...(read.isError && { isError: true }), ...withOwn(PEER, own) };
}

function readValue(output: Output): { readonly output: JsonValue; readonly isError: boolean } {
  switch (output.type) {
    case 'execution-denied':
      return { output, isError: false };
    case 'content':
      return { output: output.value.map(readOutputPart), isError: false };
    default:
      return { output: output.value, isError: output.type.startsWith('error') };
  }
}

function readOutputPart(part: OutputPart): ContentPart {
  const file = isOutputFile(part) ? readFile(part) : undefined;
  return file ?? (isText(part) ? part : kept(PEER, part as JsonObject));
}

/** The kind of output that a value is, unless something else is known of it. */
function kindOf(output: JsonValue, isError: boolean): Output['type'] {
  if (typeof output === 'string') return isError ? 'error-text' : 'text';
  if (isError) return partsOfOutput(output) ? 'error-text' : 'error-json';
  if (isDenied(output)) return 'execution-denied';
  return partsOfOutput(output) ? 'content' : 'json';
}

/** What a tool returned, as an output of the SDK. */
export function writeOutput(part: ToolResultPart): Output {
  const { output: known, outputOptions } = ownOf(PEER, part);
  const options = isProviderOptions(outputOptions) ? { providerOptions: outputOptions } : {};
  const kinds = [known, kindOf(part.output, part.isError === true)];
  const outputs = kinds.map((kind) => writeValue(part, kind, options));
  return outputs.find(isOutput) ?? { type: 'json', value: part.output as never };
}

function writeValue({ output, isError = false }: ToolResultPart, kind: unknown, options: object): unknown {
  switch (kind) {
    case 'text':
    case 'error-text':
      return isError === (kind === 'error-text') && { type: kind, value: describeOutput(output), ...options };
    case 'json':
    case 'error-json':
      return isError === (kind === 'error-json') && { type: kind, value: output, ...options };
    case 'content':
      return !isError && { type: kind, value: partsIn(output)?.map(writeOutputPart), ...options };
    default:
      return output;
  }
}

/** Of a list that is known to be of parts, all of them, even if they are the provider's own. */
function partsIn(output: JsonValue): readonly ContentPart[] | undefined {
  return Array.isArray(output) && output.length === 0 ? [] : partsOfOutput(output, () => true);
}

function writeOutputPart(part: ContentPart): unknown {
  const own = unkept(PEER, part);
  if (isOpaqueOutput(own) || isOutputFile(own)) return own;
  const written = part.type === 'file' ? [writeFile(part), writeFile(part, {})].find(isOutputPart) : part;
  if (isOutputPart(written)) return written;
  return isTextPart(part) ? { type: 'text', text: part.text } : { type: 'text', text: describePart(part) };
}
