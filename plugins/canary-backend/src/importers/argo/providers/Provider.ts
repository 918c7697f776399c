import { Draft } from '../../Draft';
import { SourceNode } from '../../SourceNode';
import { Arguments } from '../Arguments';

/** Where a metric is asked, and what. */
export interface Asked {
  readonly source: string;
  readonly query: string;
  /** Fixed ranges of the query, which the window replaces, ms. */
  readonly rangesMs?: readonly number[];
}

/** How a provider of Argo Rollouts is asked here. */
export type Provider = (
  provider: SourceNode,
  asking: {
    readonly args: Arguments;
    readonly draft: Draft;
    /** The part of the result that the conditions look at. */
    readonly member?: string;
  },
) => Asked;
