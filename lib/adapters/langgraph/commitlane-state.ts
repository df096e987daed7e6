import type { BaseMessage } from '@langchain/core/messages';
import { Annotation, MessagesAnnotation } from '@langchain/langgraph';

/** The state of a graph that remembers by Commitlane: with the nodes of `commitlaneNodes`, which fill it. */
export const CommitlaneState = Annotation.Root({
  ...MessagesAnnotation.spec,
  /** What comes before `messages`: give a model both, `[...state.context, ...state.messages]`. */
  context: Annotation<BaseMessage[]>({ reducer: (_, next) => next, default: () => [] }),
  /** The ids of the messages that are stored. */
  stored: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
});
