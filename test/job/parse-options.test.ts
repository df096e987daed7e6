import { PassThrough } from 'node:stream';
import { CommanderError } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../local/job/parse-options.ts';

/** The options, or what is said of them. */
function parse(args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = (stream: PassThrough) => String(stream.read() ?? '');
  try {
    return parseOptions(args, { name: 'npm start --', stdout, stderr, variables: {} });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode, stdout: said(stdout), stderr: said(stderr) };
  }
}

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(parse([])).toEqual({
      once: false,
      json: false,
      verbose: false,
      port: 4500,
      cors: [],
      lease: 'dynamodb',
    });
  });

  it('takes any free port for a run that ends by itself, unless one is given', () => {
    expect(parse(['--once'])).toMatchObject({ port: 0 });
    expect(parse(['--once', '--port', '4500'])).toMatchObject({ port: 4500 });
  });

  it('takes any number of origins', () => {
    const args = ['--cors', 'https://chat.example', '--cors=http://10.0.0.7:5173'];
    expect(parse(args)).toMatchObject({ cors: ['https://chat.example', 'http://10.0.0.7:5173'] });
  });

  it.each(['https://chat.example/', 'chat.example', '*', 'null', 'ftp://a.example', 'https://A.example', ''])(
    'refuses %j as an origin',
    (origin) => {
      expect(parse([`--cors=${origin}`])).toMatchObject({
        stderr: expect.stringMatching(/'--cors <origin>' .* It must be/),
      });
    },
  );

  it('takes values after a space or an equals sign', () => {
    expect(parse(['--port', '0', '--data=d', '--input', 'a.jsonl', '--once', '--json'])).toMatchObject({
      port: 0,
      data: 'd',
      input: 'a.jsonl',
      once: true,
      json: true,
    });
  });

  it.each(['dynamodb', 'upstash'] as const)('takes %s for the lease store', (lease) => {
    expect(parse(['--lease', lease])).toMatchObject({ lease });
  });

  it('takes a model with the server that it is at', () => {
    const args = ['--model', 'openai-compatible:small', '--model-url', 'http://127.0.0.1:11434/v1'];
    expect(parse(args)).toMatchObject({
      model: { name: 'openai-compatible:small', url: 'http://127.0.0.1:11434/v1' },
    });
    expect(parse(['--model', 'offline'])).not.toHaveProperty('model');
  });

  it('takes an embedding model with the server that it is at, and its number of dimensions', () => {
    const args = [
      '--embedding-model',
      'openai-compatible:bge-m3',
      '--embedding-url',
      'http://127.0.0.1:11434/v1',
    ];
    const embedding = { name: 'openai-compatible:bge-m3', url: 'http://127.0.0.1:11434/v1' };
    expect(parse(args)).toMatchObject({ embedding });
    expect(parse([...args, '--embedding-dimensions', '1024'])).toMatchObject({
      embedding: { ...embedding, dimensions: 1024 },
    });
    expect(parse([])).not.toHaveProperty('embedding');
  });

  it.each([
    [['--embedding-model', 'llama'], "Embedding model 'llama' has no known provider"],
    [['--embedding-model', 'bedrock:amazon.titan-embed-text-v2:0'], 'no AWS account on this machine'],
    [['--embedding-model', 'openai-compatible:small'], 'needs --embedding-url'],
    [['--embedding-url', 'http://127.0.0.1/v1'], '--embedding-url needs --embedding-model'],
    [['--embedding-dimensions', '256'], '--embedding-dimensions needs --embedding-model'],
    [['--embedding-dimensions', '5000'], 'from 1 to 4096'],
    [['--model', 'llama'], "Model 'llama' has no known provider"],
    [['--model', 'bedrock:nova'], 'no AWS account on this machine'],
    [['--model', 'openai-compatible:small'], 'needs --model-url'],
    [['--model-url', 'http://127.0.0.1/v1'], '--model-url needs --model'],
    [['--model', 'offline', '--model-url', 'http://127.0.0.1/v1'], '--model-url needs --model'],
    [
      ['--model', 'openai-compatible:small', '--model-url', 'http://a.example/v1'],
      'must be an https address',
    ],
    [['--fast'], "unknown option '--fast'"],
    [['--toString'], "unknown option '--toString'"],
    [['-x'], "unknown option '-x'"],
    [['here'], 'Expected 0 arguments but got 1'],
    [['--', 'here'], 'Expected 0 arguments but got 1'],
    [['--json'], '--json needs --once'],
    [['--once=yes'], "unknown option '--once=yes'"],
    [['--input'], "'--input <file>' argument missing"],
    [['--input', '--once'], "'--once' is invalid. It is an option; a path can be written as './--once'"],
    [['--data='], "'--data <dir>' argument '' is invalid. It needs a value"],
    [['--input', 'a', '--input', 'b'], "'--input <file>' argument 'b' is invalid. It is given twice"],
    [['--port', 'http'], "'http' is invalid. It must be a whole number from 0 (any free port) to 65535"],
    [['--port', '65536'], "'65536' is invalid"],
    [['--port=-1'], "'-1' is invalid"],
    [['--lease'], "'--lease <store>' argument missing"],
    [['--lease', 'redis'], "'redis' is invalid. It must be dynamodb or upstash"],
    [['--lease=Upstash'], "'Upstash' is invalid. It must be dynamodb or upstash"],
  ])('is refused: %j', (args, message) => {
    const refused = parse(args);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(message) });
    expect(refused).toMatchObject({ stderr: expect.stringMatching(/--help explains the command\.\n$/) });
  });

  it('is explained on request, whatever else it says', () => {
    const explained = parse(['--help']);
    expect(explained).toMatchObject({ exitCode: 0, stderr: '' });
    expect(explained).toMatchObject({ stdout: expect.stringContaining('--input <file>') });
    expect(parse(['-h'])).toEqual(explained);
  });
});
