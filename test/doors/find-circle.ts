/** One circle of a graph that is given by its arrows, from its first point to that again; empty when there is none. */
export function findCircle(arrows: readonly (readonly [from: string, to: string])[]): string[] {
  const targets = Map.groupBy(arrows, ([from]) => from);
  const done = new Set<string>();
  const trail: string[] = [];

  function visit(point: string): string[] {
    const at = trail.indexOf(point);
    if (at >= 0) return [...trail.slice(at), point];
    if (done.has(point)) return [];
    trail.push(point);
    for (const [, to] of targets.get(point) ?? []) {
      const circle = visit(to);
      if (circle.length > 0) return circle;
    }
    trail.pop();
    done.add(point);
    return [];
  }

  for (const point of targets.keys()) {
    const circle = visit(point);
    if (circle.length > 0) return circle;
  }
  return [];
}
