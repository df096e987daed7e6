import { hunt } from '../mutants/hunt.ts';
import { mutants } from '../mutants/mutants.ts';
import { tell } from './tell.ts';

/** Hunts every mutant and prints a table; returns 1 when one of them got away. */
export async function mutantTable(): Promise<number> {
  const rows: string[] = [];
  let alive = 0;
  for (const mutant of mutants) {
    const { schedules, killedBy } = await hunt(mutant);
    if (!killedBy) alive += 1;
    const by = killedBy?.invariant ?? 'ALIVE';
    const length = killedBy?.steps.length ?? '-';
    rows.push(`| ${mutant.name} | ${mutant.scenario} | ${by} | ${schedules} | ${length} |`);
    tell(`${mutant.name}: ${by}${killedBy ? `: ${killedBy.detail}` : ''}`);
  }
  process.stdout.write(
    [
      '| mutant | scenario | killed by | schedules | steps |',
      '| --- | --- | --- | ---: | ---: |',
      ...rows,
      '',
    ].join('\n'),
  );
  return alive > 0 ? 1 : 0;
}
