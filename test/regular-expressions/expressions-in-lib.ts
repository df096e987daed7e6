import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';

export interface Expression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every regular expression of `lib`: the literals in its sources, and what it constructs while its modules are loaded. */
export async function expressionsInLib(): Promise<Expression[]> {
  const found: Expression[] = [];
  for (const file of globSync('lib/**/*.ts', { cwd: root }).sort()) {
    found.push(...literalsIn(file), ...(await constructedBy(file)));
  }
  const different = new Map(found.map((one) => [`/${one.pattern}/${one.flags}`, one]));
  return [...different.values()];
}

function literalsIn(file: string): Expression[] {
  const found: Expression[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if ('regex' in node) found.push({ file, pattern: node.regex.pattern, flags: node.regex.flags });
    },
  });
  visitor.visit(parseSync(file, readFileSync(`${root}/${file}`, 'utf8')).program);
  return found;
}

/** Modules are loaded once: what one of them constructs belongs to the first that is asked for it. */
async function constructedBy(file: string): Promise<Expression[]> {
  const found: Expression[] = [];
  const native = globalThis.RegExp;
  globalThis.RegExp = new Proxy(native, {
    construct(target, [pattern, flags = ''], newTarget) {
      const isOwn = new Error('whose').stack?.split('\n')[2]?.includes('/lib/') === true;
      if (isOwn && typeof pattern === 'string') found.push({ file, pattern, flags });
      return Reflect.construct(target, [pattern, flags], newTarget);
    },
  });
  try {
    await import(pathToFileURL(`${root}/${file}`).href);
  } finally {
    globalThis.RegExp = native;
  }
  return found;
}
