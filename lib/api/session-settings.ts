import { autoCommitPolicySchema, nameSchema, titleSchema } from '../session/index.ts';
import { memoryCategoriesSchema } from './memory-categories.ts';

/** What a session can be told about itself, its memories and its commits. */
export const sessionSettings = {
  scope: nameSchema.optional().describe("Whose memories it feeds; those of the token's `sub` unless given."),
  title: titleSchema.nullish().describe('What people call it: 1 to 200 characters. `null` takes it away.'),
  memoryCategories: memoryCategoriesSchema,
  autoCommit: autoCommitPolicySchema
    .meta({
      id: 'AutoCommitSettings',
      description:
        'When it is committed without being asked. A threshold that is `null` is switched off; at least one is a number.',
    })
    .nullish()
    .describe('When it is committed without being asked; `null` takes the policy away.'),
};
