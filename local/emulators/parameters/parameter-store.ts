import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { unusableData } from '../../errors.ts';

const storedSchema = z.array(
  z.object({
    name: z.string(),
    allowedPattern: z.string().optional(),
    /** Oldest first; the last is in effect. */
    versions: z.array(
      z.object({
        value: z.string(),
        version: z.number(),
        modifiedAtMs: z.number(),
        description: z.string().optional(),
      }),
    ),
  }),
);

type StoredParameter = z.output<typeof storedSchema>[number];

/** A parameter that cannot be read or written; `type` is what SSM calls it. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

interface NewParameter {
  readonly name: string;
  readonly value: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly overwrite?: boolean;
}

export interface ParameterStore {
  get(name: string): StoredParameter | undefined;
  /** Every parameter under a path, in order of name. */
  under(path: string): StoredParameter[];
  /** @throws ParameterError when it exists and is not to be overwritten, or its value does not match its pattern. */
  put(parameter: NewParameter): Promise<number>;
  /** Returns whether there was such a parameter. */
  delete(name: string): Promise<boolean>;
}

const MAX_VERSIONS = 100;

/**
 * Parameters with their history.
 *
 * @param options.file where they are kept, each change before it is acknowledged; in memory unless given.
 * @param options.onFailure told when a change could not be kept; what is in memory and in the file then differ.
 * @throws DataFolderError for a file that cannot be read.
 */
export async function openParameterStore(options: {
  readonly file?: string;
  readonly onFailure?: (error: unknown) => void;
}): Promise<ParameterStore> {
  const { file, onFailure = () => undefined } = options;
  const parameters = new Map<string, StoredParameter>(
    (file === undefined ? [] : await load(file)).map((one) => [one.name, one] as const),
  );
  let saving = Promise.resolve();

  /** One save after another: a later one never replaces the file before an earlier one has. */
  function save(): Promise<void> {
    if (file === undefined) return Promise.resolve();
    const text = JSON.stringify([...parameters.values()], undefined, 2);
    saving = saving
      .catch(() => 'reported to whoever asked for that save')
      .then(async () => {
        await writeFile(`${file}.new`, text, { mode: 0o600 });
        await rename(`${file}.new`, file);
      });
    saving.catch(onFailure);
    return saving;
  }

  return {
    get: (name) => parameters.get(name),

    under: (path) =>
      [...parameters.values()]
        .filter(({ name }) => name.startsWith(path.endsWith('/') ? path : `${path}/`))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),

    async put({ name, value, overwrite = false, ...more }) {
      const known = parameters.get(name);
      if (known && !overwrite) {
        throw new ParameterError(
          'ParameterAlreadyExists',
          'The parameter already exists. Overwrite it to change it.',
        );
      }
      const allowedPattern = more.allowedPattern ?? known?.allowedPattern;
      if (allowedPattern !== undefined && !compile(allowedPattern).test(value)) {
        throw new ParameterError(
          'ParameterPatternMismatchException',
          `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
        );
      }
      const version = (known?.versions.at(-1)?.version ?? 0) + 1;
      const description = more.description ?? known?.versions.at(-1)?.description;
      const added = {
        value,
        version,
        modifiedAtMs: Date.now(),
        ...(description !== undefined && { description }),
      };
      parameters.set(name, {
        name,
        ...(allowedPattern !== undefined && { allowedPattern }),
        versions: [...(known?.versions ?? []), added].slice(-MAX_VERSIONS),
      });
      await save();
      return version;
    },

    async delete(name) {
      const existed = parameters.delete(name);
      if (existed) await save();
      return existed;
    },
  };
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw new ParameterError('InvalidAllowedPatternException', `${pattern} is no pattern: ${String(error)}`);
  }
}

async function load(file: string): Promise<StoredParameter[]> {
  try {
    return storedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unusableData(file, error);
  }
}
