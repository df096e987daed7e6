import { randomBytes, randomUUID } from 'node:crypto';
import { trace as traces } from '@opentelemetry/api';
import { ulid } from 'ulid';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock/index.ts';
import { makeTelemetry, type Telemetry } from '../telemetry/index.ts';
import { clientEnvironment } from './aws-clients.ts';

/** The environment variables that every function reads. */
export const runtimeEnvironment = {
  /** Names the deployment. */
  STAGE: z.string().min(1),
  ...clientEnvironment,
};

type RuntimeEnvironment = z.output<z.ZodObject<typeof runtimeEnvironment>>;

/** What every function has, whatever it does: a name, time, chance, ids, and somewhere to report to. */
export interface Runtime {
  /** Of the function, such as `commit`. */
  readonly name: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
  /** Names this execution environment to others that find a lease busy, such as `commit/1f0c9a2b`. */
  readonly owner: string;
  readonly telemetry: Telemetry;
  readonly onEvent: Telemetry['onEvent'];
  readonly trace: Telemetry['trace'];
}

/** Makes the runtime of a function, once, when the function starts. */
export function makeRuntime(name: string, { STAGE: stage }: RuntimeEnvironment): Runtime {
  const telemetry = makeTelemetry({
    functionName: name,
    stage,
    tracer: traces.getTracer('commitlane'),
    traceIds: {
      newTraceId: () => randomBytes(16).toString('hex'),
      newSpanId: () => randomBytes(8).toString('hex'),
    },
  });
  return {
    name,
    clock: systemClock,
    random: Math.random,
    newId: () => ulid().toLowerCase(),
    owner: `${name}/${randomUUID().slice(0, 8)}`,
    telemetry,
    onEvent: telemetry.onEvent,
    trace: telemetry.trace,
  };
}
