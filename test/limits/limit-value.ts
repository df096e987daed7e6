import type { Limits } from '../../lib/limits/index.ts';

/** The value of one limit, by its full name. */
export function limitValue(limits: Limits, name: string): unknown {
  const [group = '', field = ''] = name.split('.');
  const groups: Readonly<Record<string, object>> = { ...limits };
  return Object.entries(groups[group] ?? {}).find(([key]) => key === field)?.[1];
}
