import { age } from './age.ts';

/** `, 120 a second, 4 min left`; nothing before there is something to go by. */
export function pace(
  { done, left }: { readonly done: number; readonly left: number },
  elapsedMs: number,
): string {
  if (done === 0 || elapsedMs <= 0) return '';
  const perSecond = (done * 1_000) / elapsedMs;
  const rate = perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1);
  return `, ${rate} a second, ${age((left * elapsedMs) / done)} left`;
}
