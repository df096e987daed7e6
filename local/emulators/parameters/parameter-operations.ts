import { z } from 'zod';
import { arnOf, localAws } from '../../aws/index.ts';
import { pageOf } from './page-of.ts';
import { ParameterError, type ParameterStore } from './parameter-store.ts';

type Operation = (store: ParameterStore, input: unknown) => unknown;

/** Whoever has the local credentials. */
const LOCAL_USER = arnOf('iam', `user/${localAws.credentials.accessKeyId}`);
const PAGE = 10;

const name = z.string().min(1);
const page = { MaxResults: z.int().min(1).max(50).optional(), NextToken: z.string().optional() };

/**
 * The operations of SSM's JSON 1.1 protocol that parameters need. Fields that change nothing here, such as
 * `WithDecryption`, are taken and not used.
 */
export const parameterOperations: Readonly<Record<string, Operation>> = {
  GetParameter(store, input) {
    const { Name } = z.object({ Name: name }).parse(input);
    const found = describe(store, Name);
    if (!found) throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
    return { Parameter: found };
  },

  GetParameters(store, input) {
    const { Names } = z.object({ Names: z.array(name).min(1).max(PAGE) }).parse(input);
    const found = Names.flatMap((one) => describe(store, one) ?? []);
    return {
      Parameters: found,
      InvalidParameters: Names.filter((one) => store.get(one) === undefined),
    };
  },

  GetParametersByPath(store, input) {
    const request = z.object({
      Path: z.string().startsWith('/'),
      Recursive: z.boolean().optional(),
      ...page,
    });
    const { Path, Recursive = false, MaxResults = PAGE, NextToken } = request.parse(input);
    const depth = Path.split('/').filter(Boolean).length + 1;
    const names = store
      .under(Path)
      .map((parameter) => parameter.name)
      .filter((one) => Recursive || one.split('/').filter(Boolean).length === depth);
    return pageOf(names, Math.min(MaxResults, PAGE), NextToken, 'Parameters', (one) => describe(store, one));
  },

  GetParameterHistory(store, input) {
    const { Name, MaxResults = PAGE, NextToken } = z.object({ Name: name, ...page }).parse(input);
    const parameter = store.get(Name);
    if (!parameter) throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
    return pageOf(
      parameter.versions,
      MaxResults,
      NextToken,
      'Parameters',
      ({ value, version, modifiedAtMs, description: Description }) => ({
        Name,
        Type: 'String',
        Value: value,
        Version: version,
        LastModifiedDate: modifiedAtMs / 1000,
        LastModifiedUser: LOCAL_USER,
        Description,
      }),
    );
  },

  async PutParameter(store, input) {
    const request = z.object({
      Name: name,
      Value: z.string().min(1).max(4096),
      Description: z.string().optional(),
      AllowedPattern: z.string().optional(),
      Overwrite: z.boolean().optional(),
    });
    const { Name, Value, Description, AllowedPattern, Overwrite } = request.parse(input);
    const Version = await store.put({
      name: Name,
      value: Value,
      ...(Description !== undefined && { description: Description }),
      ...(AllowedPattern !== undefined && { allowedPattern: AllowedPattern }),
      ...(Overwrite !== undefined && { overwrite: Overwrite }),
    });
    return { Version, Tier: 'Standard' };
  },

  async DeleteParameter(store, input) {
    const { Name } = z.object({ Name: name }).parse(input);
    if (await store.delete(Name)) return {};
    throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
  },
};

function describe(store: ParameterStore, parameterName: string) {
  const current = store.get(parameterName)?.versions.at(-1);
  if (!current) return undefined;
  return {
    Name: parameterName,
    Type: 'String',
    Value: current.value,
    Version: current.version,
    LastModifiedDate: current.modifiedAtMs / 1000,
    DataType: 'text',
  };
}
