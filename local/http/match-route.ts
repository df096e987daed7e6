/** One route of the template. */
export interface Route<Target> {
  /** Such as `GET /sessions/{sessionId}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly target: Target;
}

export interface MatchedRoute<Target> extends Route<Target> {
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route that API Gateway would choose: a full match before a greedy one, then the one with the most literal path,
 * then of the method itself before ANY; the default one when there is no other.
 */
export function matchRoute<Target>(
  routes: readonly Route<Target>[],
  method: string,
  path: string,
): MatchedRoute<Target> | undefined {
  const candidates = routes.flatMap((route) => match(route, method, path) ?? []);
  return candidates.sort((a, b) => compare(b.score, a.score))[0]?.matched;
}

function match<Target>(route: Route<Target>, method: string, path: string) {
  if (route.routeKey === '$default') return { matched: { ...route, pathParameters: {} }, score: [-1] };
  const [routeMethod = '', routePath = ''] = route.routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const wanted = routePath.split('/');
  const given = path.split('/');
  const pathParameters: Record<string, string> = {};
  let literals = 0;
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(segment);
    const isGreedy = name?.[2] === '+';
    const value = isGreedy ? given.slice(index).join('/') : given[index];
    if (value === undefined || (name && value === '')) return undefined;
    if (name?.[1] !== undefined) pathParameters[name[1]] = decode(value);
    else if (segment === value) literals += 1;
    else return undefined;
    if (isGreedy) return scored(0);
  }
  return given.length === wanted.length ? scored(1) : undefined;

  function scored(full: number) {
    return {
      matched: { ...route, pathParameters },
      score: [full, literals, routeMethod === 'ANY' ? 0 : 1],
    };
  }
}

/** By the first number in which they differ. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value - other;
  }
  return 0;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
