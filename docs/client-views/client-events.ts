import { jsonSchemas } from '../../lib/api/index.ts';
import { commitEventSchema, memoryEventSchema } from '../../lib/events/index.ts';
import { declarationOf, written } from './client-views.ts';

/** What answers of the API have, too. */
const shared = ['AuthorView'];

const HEADER =
  "// What events say, made from their schemas by `npm run docs`: types alone, so that a client's need no library.";

/** The module of the types of events. */
export function clientEvents(): string {
  const schemas = jsonSchemas();
  for (const schema of [commitEventSchema, memoryEventSchema]) schemas.answered(schema);
  const named = Object.entries(schemas.named());
  const elsewhere = Object.entries({ ...written, './views.ts': shared }).flatMap(([from, names]) => {
    const used = names.filter((name) => named.some(([one]) => one === name));
    return used.length > 0 ? [`import type { ${used.join(', ')} } from '${from}';`] : [];
  });
  const imported = [...Object.values(written).flat(), ...shared];
  const types = named
    .filter(([name]) => !imported.includes(name))
    .map(([name, schema]) => declarationOf(name, schema));
  return `${[`${HEADER}\n${elsewhere.join('\n')}`, ...types].join('\n\n')}\n`;
}
