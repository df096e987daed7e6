import { z } from 'zod';
import { requestExtraction as ask } from '../../extraction-again/index.ts';
import { nameSchema } from '../../session/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { archiveOf, refuseQuery, sessionOf } from '../request-parts.ts';
import type { ExtractionRequestView } from '../views/index.ts';

export const requestExtractionBody = z
  .strictObject({
    dryRun: z.boolean().describe('Whether to only keep what is found, for you to look at.').optional(),
    apply: nameSchema.describe('The id of what a dry run found, to be merged. Alone.').optional(),
  })
  .refine(({ dryRun, apply }) => dryRun === undefined || apply === undefined, {
    path: ['apply'],
    message: 'must be alone: it merges what a dry run found',
  })
  .meta({ not: { required: ['dryRun', 'apply'] } });

/** Asks for an archive to be extracted once more, or for what a dry run found of it to be merged. */
export async function requestExtraction(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const archive = archiveOf(request);
  refuseQuery(request);
  const { dryRun = false, apply } = parseInput('body', requestExtractionBody, parseJson(request.body));
  const body: ExtractionRequestView = await ask(
    context,
    key,
    archive,
    apply === undefined ? { dryRun } : { apply },
  );
  return { status: 202, body };
}
