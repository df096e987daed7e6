import type { Usage } from './usage.ts';

/** The part of a usage that requests of one kind took. */
export function selectRequests(usage: Usage, operation: string, target = ''): Usage {
  return usage.filter((figure) => figure.operation === operation && figure.target === target);
}
