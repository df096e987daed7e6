import { z } from 'zod';
import { arnOf } from '../aws/index.ts';
import { TemplateError } from '../errors.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import { type Schedule, type ScheduleOptions, startSchedule } from '../lambda/schedule.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const TYPE = 'AWS::Events::Rule';
const MINUTE_MS = 60_000;
const UNIT_MS = new Map([
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
]);

const ruleSchema = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.looseObject({ Arn: z.unknown() })).default([]),
});
type Target = z.output<typeof ruleSchema>['Targets'][number];

/** Of a target: what is interpreted, and what makes no difference where a run is not repeated and all is permitted. */
const TARGET_PROPERTIES = ['Arn', 'Id', 'RetryPolicy', 'RoleArn'];

export interface SchedulesContext extends Pick<ScheduleOptions, 'clock' | 'newId' | 'onError' | 'onLog'> {
  /** Told of what a rule has that the embedded stack leaves out. */
  readonly onWarning: (warning: string) => void;
}

/** Starts the schedules of the template's rules: those with a rate, on functions of the template. @throws TemplateError */
export function startSchedules(
  template: Template,
  resolver: Resolver,
  functions: ReadonlyMap<string, LocalFunction>,
  { onWarning, ...context }: SchedulesContext,
): Schedule[] {
  // Targets are resolved one by one: they may be what the embedded stack does not have.
  const rules = resourcesOf(template, TYPE, (value) => value, ruleSchema);
  const wanted = rules.flatMap(({ logicalId, properties }): ScheduleOptions[] => {
    const ruleArn = arnOf('events', `rule/${logicalId}`);
    resolver.define(logicalId, { ref: logicalId, attributes: { Arn: ruleArn } });
    const warn = (what: string) =>
      onWarning(`${logicalId} (${TYPE}) has ${what}, which the embedded stack leaves out`);
    const { ScheduleExpression, State, Targets } = properties;
    if (ScheduleExpression === undefined) return [];
    const everyMs = periodOf(logicalId, ScheduleExpression);
    if (everyMs === undefined) {
      warn(`the schedule ${ScheduleExpression}`);
      return [];
    }
    const handlers = handlersOf(Targets, resolver, functions, warn);
    if (State === 'DISABLED' || handlers.length === 0) return [];
    return [{ name: logicalId, ruleArn, everyMs, handlers, ...context }];
  });
  return wanted.map(startSchedule);
}

/** Undefined for a schedule by the calendar. @throws TemplateError for what AWS would refuse. */
function periodOf(logicalId: string, expression: string): number | undefined {
  if (/^cron\(.+\)$/.test(expression)) return undefined;
  const [, value = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const unitMs = UNIT_MS.get(unit);
  const count = Number(value);
  if (unitMs === undefined || count < 1 || (count === 1) !== (plural === '')) {
    throw new TemplateError(
      `${logicalId} has the schedule ${expression}. It must be such as rate(1 minute), rate(5 hours) or cron(…).`,
    );
  }
  return count * unitMs;
}

function handlersOf(
  targets: readonly Target[],
  resolver: Resolver,
  functions: ReadonlyMap<string, LocalFunction>,
  warn: (what: string) => void,
): LocalFunction[] {
  return targets.flatMap((target) => {
    const handler = functions.get(targetArn(target, resolver));
    if (!handler) {
      warn(`a target that is no function of the template, ${JSON.stringify(target.Arn)}`);
      return [];
    }
    for (const name of Object.keys(target)) {
      if (!TARGET_PROPERTIES.includes(name)) warn(`${name} for its target ${handler.name}`);
    }
    return [handler];
  });
}

/** Empty when it is of a resource that the embedded stack does not have. */
function targetArn({ Arn }: Target, resolver: Resolver): string {
  try {
    return String(resolver.resolve(Arn));
  } catch (error) {
    if (error instanceof TemplateError) return '';
    throw error;
  }
}
