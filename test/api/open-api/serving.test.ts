import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiAnswers, openApiDocument } from '../../../lib/api/index.ts';
import { toHttpResponse } from '../../../lib/lambda/index.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { type HandlerWorld, handlerWorld } from '../handler-world.ts';
import { openApiChecks } from './open-api-checks.ts';

const answer = openApiAnswers('1.2.3');
const { etag = '' } = answer({ headers: {} }).headers ?? {};

let world: HandlerWorld;
beforeAll(async () => {
  world = await handlerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('GET /openapi.json', () => {
  it('is served to anybody, without a token', async () => {
    const event = world.eventOf('GET /openapi.json', { requestContext: {} });
    const { status, body } = await world.invoke(event);
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument(manifest.version))));
    const nonsense = { headers: { authorization: 'Bearer x' }, queryStringParameters: { x: 'y' } };
    expect(await world.invoke({ ...event, ...nonsense })).toMatchObject({ status: 200 });
    expect(await world.invoke({ ...event, routeKey: 'GET /sessions' })).toMatchObject({ status: 403 });
  });

  it('answers the problems of the event as it says', async () => {
    const checks = openApiChecks();
    const nobody = await world.invoke(world.eventOf('GET /sessions', { requestContext: {} }));
    expect(nobody).toMatchObject({ status: 403, body: { code: 'identity-incomplete' } });
    expect(checks.objectionTo('listSessions', 403, nobody.body)).toBeUndefined();
    const garbled = await world.append('s', new Uint8Array([0xff]));
    expect(garbled).toMatchObject({ status: 400, body: { code: 'body-not-utf8' } });
    expect(checks.objectionTo('appendMessages', 400, garbled.body)).toBeUndefined();
  });

  it('may be kept for five minutes, and is told by its mark from an earlier one', () => {
    const { statusCode, headers, body } = toHttpResponse(answer({ headers: {} }));
    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
    });
    expect({ statusCode, version: JSON.parse(body ?? '').info.version }).toEqual({
      statusCode: 200,
      version: '1.2.3',
    });
    expect(openApiAnswers('1.2.3')({ headers: {} }).headers).toEqual(answer({ headers: {} }).headers);
    expect(openApiAnswers('1.2.4')({ headers: {} }).headers?.['etag']).not.toBe(etag);
  });

  it.each([etag, `W/${etag}`, `"other", ${etag}`, '*'])('is not sent again to who has it: %s', (known) => {
    const { statusCode, headers, body } = toHttpResponse(answer({ headers: { 'if-none-match': known } }));
    expect({ statusCode, body }).toEqual({ statusCode: 304, body: undefined });
    expect(headers).toEqual({ 'cache-control': 'public, max-age=300', etag });
  });

  it.each(['"other"', '', etag.slice(1, -1)])('is sent to who has another: %s', (known) => {
    expect(answer({ headers: { 'if-none-match': known } }).status).toBe(200);
  });
});
