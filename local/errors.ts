import { CommitlaneError } from '../lib/errors/index.ts';

/** The options of a local stack are not ones that it can have. Nothing was started. */
export class InvalidOptionsError extends CommitlaneError {
  override readonly name = 'InvalidOptionsError';
  readonly code = 'invalid-options';

  constructor(problems: string) {
    super(`A local stack cannot be started with these options:\n${problems}`);
  }
}

/** The CDK app did not synthesize; its own words are in the message. */
export class SynthesisError extends CommitlaneError {
  override readonly name = 'SynthesisError';
  readonly code = 'synthesis';
}

/** The template asks for something that the embedded stack cannot do, or contradicts itself. */
export class TemplateError extends CommitlaneError {
  override readonly name = 'TemplateError';
  readonly code = 'template';
}

/** Something else listens on the port. */
export class PortInUseError extends CommitlaneError {
  override readonly name = 'PortInUseError';
  readonly code = 'port-in-use';

  constructor(port: number, cause: unknown) {
    super(
      `Port ${port} is in use. Stop what listens there, or choose another with --port (0 takes any free one).`,
      {
        cause,
      },
    );
  }
}

/** This user may not listen on the port. */
export class PortRefusedError extends CommitlaneError {
  override readonly name = 'PortRefusedError';
  readonly code = 'port-refused';

  constructor(port: number, cause: unknown) {
    super(
      `This user may not listen on port ${port}. Choose another with --port, such as 4500 (0 takes any free one).`,
      { cause },
    );
  }
}

/** The data folder, or something in it, cannot be used. */
export class DataFolderError extends CommitlaneError {
  override readonly name = 'DataFolderError';
  readonly code = 'data-folder';
}

const diskAdvice: readonly (readonly [RegExp, string])[] = [
  [
    /ENOSPC|EDQUOT|EFBIG|no space left|quota|file too large|disk is full/i,
    'The disk is full. Free some space, and start again with the same folder',
  ],
  [/disk I\/O error|EIO/i, 'See whether the disk is full, or damaged, and start again with the same folder'],
  [/EROFS|readonly|read-only/i, 'It cannot be written to. Choose another folder with --data'],
  [/EACCES|EPERM|permission denied/i, 'This user may not use it. Choose another folder with --data'],
  [/ENOTDIR|EEXIST|not a directory/i, 'It is, or is below, a file. Choose another folder with --data'],
];

/** What to say, and to do, of data that cannot be read or written. What was acknowledged before is kept. */
export function unusableData(file: string, cause: unknown): DataFolderError {
  const words = wordsOf(cause);
  const advice =
    diskAdvice.find(([pattern]) => pattern.test(words))?.[1] ??
    'If it is damaged, restore it, or choose another folder with --data';
  return new DataFolderError(`${file} cannot be used (${words}). ${advice}.`, { cause });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${wordsOf(error.cause)}`;
}

/** Another process uses the data folder. */
export class DataFolderInUseError extends CommitlaneError {
  override readonly name = 'DataFolderInUseError';
  readonly code = 'data-folder-in-use';

  constructor(folder: string, pid: number, lock: string) {
    super(
      `Process ${pid} uses the data folder ${folder}. Stop it, or choose another folder with --data. ` +
        `If that process is something else, remove ${lock}.`,
    );
  }
}

/** A table that was kept from an earlier start lacks an index of the template. */
export class TableOutdatedError extends CommitlaneError {
  override readonly name = 'TableOutdatedError';
  readonly code = 'table-outdated';

  constructor(table: string, index: string) {
    super(
      `The table ${table} was made by another version: its index ${index} is missing or has other keys, and the ` +
        'emulator cannot add it to a table that is there. Nothing was changed. Choose another folder with --data (or ' +
        'another server in AWS_ENDPOINT_URL_DYNAMODB), or go on with this one in the version that made it.',
    );
  }
}

/** A function ran longer than its timeout and was killed. */
export class FunctionTimeoutError extends CommitlaneError {
  override readonly name = 'FunctionTimeoutError';
  readonly code = 'function-timeout';

  constructor(functionName: string, timeoutMs: number) {
    super(`${functionName}: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
  }
}

/** A function died, or was killed, in the middle of an invocation. */
export class FunctionCrashError extends CommitlaneError {
  override readonly name = 'FunctionCrashError';
  readonly code = 'function-crash';
}

/** A function's handler threw. */
export class FunctionError extends CommitlaneError {
  override readonly name = 'FunctionError';
  readonly code = 'function-error';
}
