/** What a judge that gathers evidence knows, for who must decide on it. */
export const evidenceMessages = {
  evidence: {
    decided: 'The sentence that decided',
    soFar: 'What the judge says so far',
    headline: {
      regression: 'Worse than the stable, and not by chance',
      nonInferior: 'Known to be good enough',
      noRegressionFound: 'No regression found so far',
      undecided: 'Too little is known to tell',
      tooFew: 'Too few requests to count yet',
    },
    meaning: {
      regression:
        'A healthy canary would ever be judged like this in at most {{alpha}} of rollouts, however often it is looked at.',
      nonInferior:
        'All that the confidence band still allows is below the limit of {{limit}} times the stable. No further look is needed.',
      nonInferiorNoLimit:
        'All that the confidence band still allows is below the limit of the plan. No further look is needed.',
      noRegressionFound:
        'What was seen could be chance. That is no proof yet that the canary is as good.',
      undecided:
        'This is no trouble: it has to be seen longer. It passes once the whole confidence band is below {{limit}} times the stable.',
      undecidedNoLimit:
        'This is no trouble: it has to be seen longer. It passes once the whole confidence band is below the limit of the plan.',
      tooFew: 'What is known so far is kept and counts with the next look.',
    },
    slowerThan: 'Requests slower than {{bound}}',
    knownBetween:
      '{{subject}}: canary {{lower}} to {{upper}} times the stable.',
    knownAbove:
      '{{subject}}: canary at least {{lower}} times the stable; how much more is open.',
    knownBelow:
      '{{subject}}: canary at most {{upper}} times the stable; how much less is open.',
    knownNothing:
      '{{subject}}: how canary and stable compare is open, too few events were seen.',
    estimate:
      'Most likely {{ratio}} times; the range holds with {{confidence}} confidence.',
    range: 'The range holds with {{confidence}} confidence.',
    slower:
      'What got slower: {{canary}} of the canary’s requests took longer than {{bound}}, {{stable}} of the stable’s.',
    differs:
      'Where the canary is slower most: {{canary}} of its requests took longer than {{bound}}, {{stable}} of the stable’s.',
    allBounds:
      'All bounds of the histogram count as evidence; the range is that of {{bound}}.',
    pValue: 'p = {{p}}; {{alpha}} or less is a regression',
    looks_one: '{{count}} look',
    looks_other: '{{count}} looks',
    requests: '{{canary}} canary and {{stable}} stable requests in all looks',
    facts: 'Evidence',
    asOf: 'The latest window could not be counted; this was known at {{at}}:',
    ratioTitle: 'Canary : stable, how many times as many',
    ratioSlowerTitle:
      'Canary : stable, how many times as many requests slower than {{bound}}',
    ratioLabel: '{{metric}}, canary against stable, look by look. {{known}}',
    same: 'same as stable',
    limit: 'limit {{limit}}×',
    seriesRatio: 'Best estimate',
    open: 'open',
    tableRatio: '{{ratio}} times ({{range}})',
    tableRange: '{{lower}} to {{upper}}',
    tablePValue: 'p = {{p}}',
  },
} as const;
