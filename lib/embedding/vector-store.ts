import type { FollowUpProgress } from '../archive/index.ts';
import type { Memory, ScopeKey, Subject } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { Embedder, Vector } from './embedder.ts';

/**
 * The port between vectors and the database; each method is one request. Vectors lie beside what they describe, and go with it: the
 * vector of a memory with each change of the memory, those of messages with the session. An embedder finds its own
 * vectors only. Any method may throw StoreUnavailableError or StoreRefusedError.
 */
export interface VectorStore {
  /**
   * Writes vectors of at most `VECTORS_PER_REQUEST` archived messages, all of them or none, over those that are there; returns
   * false, and writes none, where the archive is not there any more.
   */
  putMessageVectors(
    key: SessionKey,
    archive: number,
    embedder: EmbedderName,
    vectors: readonly (MessagePlace & { readonly vector: Vector })[],
  ): Promise<boolean>;
  /** Writes the vector of a memory, unless it has changed or gone since that revision; returns whether it did so. */
  putMemoryVector(
    scope: ScopeKey,
    memory: Subject & Pick<Memory, 'revision'>,
    embedder: EmbedderName,
    vector: Vector,
  ): Promise<boolean>;
  /** Records how far an archive's messages are embedded, over what is recorded, where the archive is there. */
  recordEmbedding(
    key: SessionKey,
    archive: number,
    result: NonNullable<FollowUpProgress['embedding']>,
  ): Promise<boolean>;
  /**
   * The archived messages of one session, nearest first. Reads are eventually consistent.
   *
   * @param limit at most `NEIGHBOURS_PER_REQUEST`.
   */
  nearMessages(
    key: SessionKey,
    embedder: EmbedderName,
    vector: Vector,
    limit: number,
  ): Promise<readonly (MessagePlace & { readonly archive: number } & Distance)[]>;
  /** The memories of one scope, likewise. */
  nearMemories(
    scope: ScopeKey,
    embedder: EmbedderName,
    vector: Vector,
    limit: number,
  ): Promise<readonly (Subject & Distance)[]>;
  /** A page of the memories of a scope that hold a text and no vector of the embedder; pages may be empty. */
  listUnembedded(
    scope: ScopeKey,
    embedder: EmbedderName,
    page: { readonly after?: string },
  ): Promise<{
    readonly memories: readonly (Subject & Required<Pick<Memory, 'text' | 'revision'>>)[];
    readonly nextAfter?: string;
  }>;
}

type EmbedderName = Pick<Embedder, 'id' | 'dimensions'>;

/** Which message of a session: of which append, and the how manieth of it, from 0. */
export interface MessagePlace {
  readonly position: number;
  readonly index: number;
}

interface Distance {
  /** Cosine distance: from 0, the same direction, to 2, the opposite one. */
  readonly distance: number;
}

/** What DynamoDB takes in one transaction, beside the check of the archive. */
export const VECTORS_PER_REQUEST = 99;

/** The most that `SearchVectors` gives. */
export const NEIGHBOURS_PER_REQUEST = 100;

/** What a deployment needs to find by meaning. */
export interface Embedding {
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
}
