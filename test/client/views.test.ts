import { expectTypeOf, it } from 'vitest';
import type * as api from '../../lib/api/index.ts';
import type * as client from '../../lib/client/index.ts';

it('takes what the API answers for what it is, and fits wherever that does', () => {
  expectTypeOf<client.AppendView>().toEqualTypeOf<api.AppendView>();
  expectTypeOf<client.CommitsView>().toEqualTypeOf<api.CommitsView>();
  expectTypeOf<client.ArchivesView>().toEqualTypeOf<api.ArchivesView>();
  expectTypeOf<client.SessionsView>().toEqualTypeOf<api.SessionsView>();
  expectTypeOf<client.ProblemView>().toEqualTypeOf<api.ProblemView>();
  expectTypeOf<client.ExtractionView>().toEqualTypeOf<api.ExtractionView>();
  expectTypeOf<client.MessageView>().toEqualTypeOf<api.MessageView>();
  expectTypeOf<client.MessageHitsView>().toEqualTypeOf<api.MessageHitsView>();
  expectTypeOf<client.SessionView>().toExtend<api.SessionView>();
  expectTypeOf<client.ArchiveMessagesView>().toExtend<api.ArchiveMessagesView>();
  expectTypeOf<client.ContextView>().toExtend<api.ContextView>();
  expectTypeOf<client.ContextMessagesView>().toExtend<api.ContextMessagesView>();
  expectTypeOf<client.ContextTextView>().toEqualTypeOf<api.ContextTextView>();
  expectTypeOf<client.MemoriesView>().toExtend<api.MemoriesView>();
  expectTypeOf<client.MemoryHistoryView>().toExtend<api.MemoryHistoryView>();
  expectTypeOf<client.MemoryHitsView>().toExtend<api.MemoryHitsView>();
  expectTypeOf<api.MemoriesView>().toExtend<client.MemoriesView>();
  expectTypeOf<api.MemoryHistoryView>().toExtend<client.MemoryHistoryView>();
  expectTypeOf<api.MemoryHitsView>().toExtend<client.MemoryHitsView>();
  expectTypeOf<client.ExtractionRequestView>().toExtend<api.ExtractionRequestView>();
});

it('lets whoever has a memory ask for its text, whichever form it has', () => {
  const textOf = (memory: client.MemoryView) => memory.text ?? (memory.forgotten ? 'forgotten' : '');
  expectTypeOf(textOf).returns.toEqualTypeOf<string>();
});
