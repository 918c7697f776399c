import { Played } from './play';
import { Story } from './story/Story';

/** Most tries; a story that is shorter is nicer, and not worth an hour. */
const TRIES = 80;

/**
 * The shortest story that still breaks the same rule: happenings are left out,
 * half of them, a quarter, then one by one, then replicas and what the scenario
 * has beyond the plainest, for as long as it breaks.
 */
export async function shrink(
  broken: Played,
  replay: (story: Story) => Promise<Played>,
): Promise<Played> {
  let shortest = broken;
  let tries = 0;
  const accepts = async (story: Story): Promise<boolean> => {
    if (tries++ >= TRIES) return false;
    const played = await replay(story);
    if (played.violation?.says !== broken.violation?.says) return false;
    shortest = played;
    return true;
  };
  for (
    let size = Math.ceil(broken.story.happenings.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < shortest.story.happenings.length; ) {
      const { story } = shortest;
      const happenings = story.happenings.filter(
        (_, index) => index < from || index >= from + size,
      );
      if (!(await accepts({ ...story, happenings }))) from += size;
    }
  }
  for (const plainer of [
    { hasHpa: false },
    { version: 'good' },
    { then: 'nothing' },
    { route: 'plain' },
  ] as const) {
    const { story } = shortest;
    await accepts({ ...story, scenario: { ...story.scenario, ...plainer } });
  }
  while (shortest.story.scenario.skews.length > 1) {
    const { story } = shortest;
    const { scenario } = story;
    const skews = scenario.skews.slice(0, -1);
    if (!(await accepts({ ...story, scenario: { ...scenario, skews } }))) break;
  }
  return shortest;
}
