/**
 * The claims of a token as an HTTP API's JWT authorizer hands them to a function: each as text, a list as `[a b]`. AWS does
 * not document the format. Objects (`map[k:v]`) and null follow from taking it for the notation of Go's `%v`, and were
 * not seen at the service. A claim that is null says nothing, and is left out.
 */
export function claimTexts(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, textOf(value)]),
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${name}:${textOf(member)}`);
  return `map[${members.join(' ')}]`;
}
