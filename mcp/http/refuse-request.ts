import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { bearerTokenOf } from './bearer-token-of.ts';

/** Where the server is, on its host. */
export const MCP_PATH = '/mcp';

/**
 * The refusal of a request that is not to be served, if it is one.
 *
 * A page elsewhere whose name was made to mean 127.0.0.1 (DNS rebinding) cannot change the header `Host`, and a page
 * that asks openly has an `Origin`.
 */
export function refuseRequest(request: Request): Response | undefined {
  return (
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins()) ??
    refusePath(request) ??
    refuseStranger(request)
  );
}

function refusePath({ url }: Request): Response | undefined {
  if (new URL(url).pathname === MCP_PATH) return undefined;
  return refusal(404, `There is nothing here: the server is at ${MCP_PATH}.`);
}

function refuseStranger({ headers }: Request): Response | undefined {
  if (bearerTokenOf(headers) !== undefined) return undefined;
  const message =
    'Whose sessions? Send the header Authorization: Bearer TOKEN, with a token that the Commitlane API accepts.';
  return refusal(401, message, { 'WWW-Authenticate': 'Bearer realm="commitlane"' });
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  const error = { jsonrpc: '2.0', error: { code: -32_000, message }, id: null };
  return Response.json(error, { status, headers });
}
