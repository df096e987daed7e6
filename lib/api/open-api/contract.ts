import type { z } from 'zod';
import type { ProblemCode } from '../problem-statuses.ts';
import type { CallerOperation } from '../routes.ts';

/** What an operation takes and answers, in words and schemas. What its path names is in its route. */
export interface Contract {
  /** Goes on the subject `The operation`. */
  readonly does: string;
  /** What its schemas cannot say, as sentences of Markdown without links. */
  readonly details?: string;
  /** What becomes of the same request sent again; absent where it only reads. */
  readonly repeated?: string;
  readonly query?: z.ZodType;
  readonly takesIdempotencyKey?: true;
  readonly body?: { readonly schema: z.ZodType; readonly isRequired: boolean };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Besides those that every operation has. */
  readonly problems: readonly ProblemCode[];
  readonly example: Example;
}

interface Answer {
  readonly means: string;
  /** Absent where there is no body. */
  readonly view?: z.ZodType;
}

/** A request and its answer. What the path names is in `examplePath`. */
interface Example {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  readonly answer?: object;
}

/** The operations that are about one thing. */
export interface ContractGroup {
  readonly name: string;
  readonly about: string;
  readonly contracts: Readonly<Partial<Record<CallerOperation, Contract>>>;
}
