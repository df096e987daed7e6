import { z } from 'zod';
import { eventSchema } from '../../lib/events/index.ts';
import { markdownTable } from './markdown-table.ts';

interface FieldFacts {
  readonly description?: string;
  readonly $ref?: string;
}

interface ObjectFacts extends FieldFacts {
  readonly properties?: Readonly<Record<string, FieldFacts>>;
  readonly required?: readonly string[];
}

type Definitions = Readonly<Record<string, ObjectFacts>>;

/** As consumers read it: fields may be added, so that it forbids none; and nobody writes to an event. */
function openSchema() {
  return z.toJSONSchema(eventSchema, {
    override({ jsonSchema }) {
      delete jsonSchema.additionalProperties;
      delete jsonSchema.readOnly;
    },
  });
}

/** The JSON Schema of the `detail` of every event. */
export function eventJsonSchema(): string {
  const title = 'The detail of an event of Commitlane';
  return `${JSON.stringify({ title, ...openSchema() }, undefined, 2)}\n`;
}

/** The fields of each kind of event, in the order of their schemas. */
export function eventTables() {
  const definitions = (openSchema().$defs ?? {}) as Definitions;
  return {
    commitEvents: tableOf(definitions, 'CommitEvent'),
    memoryEvents: tableOf(definitions, 'MemoryEvent'),
    memoryStates: tableOf(definitions, 'MemoryState'),
  };
}

function tableOf(definitions: Definitions, name: string): string {
  const { properties = {}, required = [] } = definitions[name] ?? {};
  const rows = Object.entries(properties).map(([field, facts]) => [
    `\`${field}\``,
    required.includes(field) ? 'always' : 'may be absent',
    wordsOf(definitions, facts),
  ]);
  return markdownTable(['field', '', 'meaning'], rows);
}

/** A field that refers to a definition has the words of that, unless it has its own. */
function wordsOf(definitions: Definitions, { description, $ref = '' }: FieldFacts): string {
  return description ?? definitions[$ref.split('/').at(-1) ?? '']?.description ?? '';
}
