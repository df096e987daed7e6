import { generateText, type ModelMessage, type UIMessage, wrapLanguageModel } from 'ai';
import { commitlaneMiddleware, loadMessages, saveMessages } from '../../../lib/adapters/ai-sdk/index.ts';
import { readHistory } from '../../../lib/adapters/history/index.ts';
import { toAiSdk } from '../../../lib/messages/index.ts';
import { describeHistoryContract } from '../history-contract.ts';
import { scriptedModel } from './scripted-model.ts';

describeHistoryContract<UIMessage>('saveMessages with loadMessages', {
  open(client, sessionId) {
    /** What the page of the chat has. */
    let page: readonly UIMessage[] | undefined;
    return {
      async append(items) {
        page ??= await loadMessages(client, sessionId);
        const messages = [...page, ...items];
        await saveMessages(client, sessionId, messages);
        page = messages;
      },
      read: () => loadMessages(client, sessionId),
    };
  },
  said: (role, text, id) => ({ id, role, parts: [{ type: 'text', text }] }),
  toolTurn: [
    {
      id: 'turn',
      role: 'assistant',
      parts: [
        { type: 'step-start' },
        { type: 'text', text: 'Let me look.', state: 'done' },
        {
          type: 'tool-weather',
          toolCallId: 'c1',
          state: 'output-available',
          input: { city: 'Bergen' },
          output: { celsius: 7.5 },
        },
        { type: 'step-start' },
        { type: 'text', text: '7.5 °C.', state: 'done' },
      ],
    },
  ],
  shown: (message) => message,
  knowsRepeats: true,
});

describeHistoryContract<ModelMessage>('commitlaneMiddleware', {
  open(client, sessionId) {
    return {
      async append(items) {
        // The model has nothing to say: what is appended is the prompt.
        const { model } = scriptedModel([[]]);
        const middleware = commitlaneMiddleware({ client, sessionId });
        await generateText({
          model: wrapLanguageModel({ model, middleware }),
          messages: [...items],
          maxRetries: 0,
        });
      },
      read: async () => toAiSdk(await readHistory(client, sessionId)) as ModelMessage[],
    };
  },
  said: (role, text) => ({ role, content: [{ type: 'text', text }] }),
  toolTurn: [
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'c1',
          toolName: 'weather',
          output: { type: 'json', value: { celsius: 7.5 } },
        },
      ],
    },
  ],
  shown: ({ role, content }) => ({ role, content }),
  knowsRepeats: true,
});
