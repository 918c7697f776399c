import { Simulation } from './testing';

describe('a whole release', () => {
  it('reads as a story', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Succeeded',
    );
    expect(simulation.transcript()).toMatchInlineSnapshot(`
      "    0s Started         user:default/jane started a canary of shop/checkout with checkout=shop/checkout:v2 by the plan careful.
          0s PhaseChanged    Initializing: checkout-canary is created with 1 pods.
          2s PhaseChanged    Progressing: the canary is up and has no user yet.
          2s StepStarted     Step 1 of 3 begins: Send 5 % to the canary
          2s ExposureChanged The canary gets 5 % of the traffic; it had no traffic.
          3s Decision        Analysis (background) of error-rate begins at 5 %.
          3s StepCompleted   Step 1 is done: Send 5 % to the canary
          3s StepStarted     Step 2 of 3 begins: Pause for 5m
          3s HoldAdded       Held (StepPause): The plan pauses for 5m.
          3s PhaseChanged    Paused: The plan pauses for 5m.
        303s HoldCleared     No longer held (StepPause): its time is over.
        303s PhaseChanged    Progressing: nothing holds it.
        303s StepCompleted   Step 2 is done: Pause for 5m
        303s StepStarted     Step 3 of 3 begins: Send 50 % to the canary
        303s Decision        Scale checkout-canary from 1 to 5 pods.
        304s ExposureChanged The canary gets 50 % of the traffic; it had 5 % of the traffic.
        305s StepCompleted   Step 3 is done: Send 50 % to the canary
        305s StepStarted     The gate before the promotion begins.
        305s Decision        Analysis (gate) of error-rate begins at 50 %.
        465s Decision        Analysis (gate) ends: every metric passed the gate.
        465s Decision        Analysis (background) ends: the promotion begins.
        465s PhaseChanged    Promoting: every metric passed the gate.
        466s Decision        Every pod of Deployment checkout runs the new version and is available.
        466s ExposureChanged All traffic goes to the stable again; the canary had 50 % of the traffic.
        500s PhaseChanged    Succeeded: Deployment shop/checkout runs the new version.
        500s Ended           Deployment shop/checkout runs the new version."
    `);
  });

  // Argo Rollouts #4221: a restart during an update broke it.
  it('goes on alike from a state that was read back from JSON', () => {
    const straight = Simulation.start().until(
      ({ phase }) => phase === 'Succeeded',
    );
    const restarted = Simulation.start();
    restarted.onCommit.push(() => {
      restarted.rollout = JSON.parse(JSON.stringify(restarted.rollout));
    });
    restarted.until(({ phase }) => phase === 'Succeeded');
    expect(restarted.transcript()).toBe(straight.transcript());
  });
});
