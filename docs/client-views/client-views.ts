import type { OpenApiDocument } from '../../lib/api/index.ts';
import { schemaType } from './schema-type.ts';

type Schema = OpenApiDocument['components']['schemas'][string];

/** Types that are written elsewhere, because they are more than a schema says. */
export const written = {
  '../memory/index.ts': ['MemoryCategory'],
  '../messages/index.ts': ['JsonObject', 'MessageContent'],
};

const HEADER = `// What the API answers, made from its schemas by \`npm run docs\`: types alone, so that a client's need no library.
`;

/** The module of the types of everything that the API answers. */
export function clientViews(document: OpenApiDocument): string {
  const { schemas } = document.components;
  const imports = Object.entries(written).map(
    ([from, names]) => `import type { ${names.join(', ')} } from '${from}';`,
  );
  const types = answeredNames(document)
    .filter((name) => !Object.values(written).flat().includes(name))
    .map((name) => declarationOf(name, schemas[name] ?? {}));
  return `${[`${HEADER}${imports.join('\n')}`, ...types].join('\n\n')}\n`;
}

/** The schemas that answers have, and what these are made of, by name. */
function answeredNames({ paths, components }: OpenApiDocument): string[] {
  const answers = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ responses }) => responses),
  );
  const waiting = [...refsIn([answers, components.responses])];
  const found = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const isWritten = Object.values(written).flat().includes(name);
    if (!isWritten) waiting.push(...refsIn(components.schemas[name]));
  }
  return [...found].sort();
}

function refsIn(value: unknown): string[] {
  const refs = (JSON.stringify(value) ?? '').matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return [...refs].map(([, name = '']) => name);
}

/** The type of a named schema, with its name. */
export function declarationOf(name: string, schema: Schema): string {
  const about = schema.description === undefined ? '' : `/** ${schema.description} */\n`;
  const type = schemaType(schema, '');
  return schema.properties
    ? `${about}export interface ${name} ${type}`
    : `${about}export type ${name} = ${type};`;
}
