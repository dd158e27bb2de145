import type { ServiceParameters } from "../service/parameters.ts";
import { idsOf, type TracedStory, traceStory } from "../traceStory.ts";
import type { ComparedScenario, ComparisonPlan } from "./comparisonTypes.ts";
import { type Parting, partingOf } from "./partingStories.ts";

/** One client's story in a scenario. */
export type StoryIn = TracedStory & { readonly name: string; readonly service: ServiceParameters };

/** The same client in another scenario: `story` is null where the client is never referred, `parting` where nothing differs. */
export type OtherStory = {
  readonly name: string;
  readonly story: StoryIn | null;
  readonly parting: Parting | null;
};

export type StoriesOfClient = { readonly base: StoryIn; readonly others: readonly OtherStory[] };

/**
 * What one client of replication 0 lives through in every scenario of a comparison.
 *
 * @throws RangeError if the base has no such client (`idsOf`)
 */
export function storiesOfClient({ base, others, seed }: ComparisonPlan, identity: number): StoriesOfClient {
  const storyIn = ({ name, service, study }: ComparedScenario): StoryIn => ({
    ...traceStory({ service, study, seed }, identity),
    name,
    service,
  });
  const ofBase = storyIn(base);
  return {
    base: ofBase,
    others: others.map((other) => {
      if (!idsOf(other.service, seed).ids.includes(identity)) return { name: other.name, story: null, parting: null };
      const story = storyIn(other);
      return { name: other.name, story, parting: partingOf(ofBase.trace, story.trace) };
    }),
  };
}
