import type { startMessages as english } from '../en/start';
import type { Translated } from '../Translated';

/** The start dialog and its preview. */
export const startMessages: Translated<typeof english> = {
  start: {
    button: 'Rollout starten',
    busy: 'Ein Rollout läuft. Er muss enden, bevor ein anderer starten kann.',
    forbidden:
      'Zum Starten eines Rollouts dieser Entität fehlt die Berechtigung.',
    title: 'Einen Rollout starten',
    image: 'Image',
    imageHelpKnown: 'Eine Version von {{repository}} oder ein ganzes Image',
    imageMeant: 'Startet {{image}}',
    imageOfWhat:
      'Von dieser Entität ist noch kein Image bekannt: bitte ganz angeben, zum Beispiel registry.example/shop/checkout:v2',
    recent: 'Letzte Versionen',
    recentOne: '{{version}}: {{result}}',
    recentReplaced: '{{version}}: ersetzt',
    imageHelp:
      'Die neue Version, zum Beispiel registry.example/shop/checkout:v2',
    perContainer: 'Ein Image je Container angeben',
    singleImage: 'Ein einziges Image angeben',
    container: 'Container {{n}}',
    containerImage: 'Image von Container {{n}}',
    addContainer: 'Container hinzufügen',
    plan: 'Plan',
    planDefault: 'Wie in der Entität angegeben',
    planDefaultNamed: 'Wie in der Entität angegeben: {{plan}}',
    planHelp:
      'Wie die neue Version Schritt für Schritt zu ihren Nutzern kommt.',
    planPanel: 'Der Plan',
    planTitle: 'Plan: {{title}}',
    planText: 'Text des Plans',
    planSource: 'Gelesen aus {{source}}',
    planUnknown:
      'Erscheint, sobald die Vorschau weiß, welchen Plan die Entität meint.',
    plansError: 'Die Pläne lassen sich nicht auflisten: {{message}}',
    reason: 'Begründung',
    reasonHelp: 'Optional; sie bleibt im Verlauf.',
    acceptBroken: 'Die defekte Stable-Version ersetzen',
    acceptBrokenHelp:
      'Mit ihr lässt sich nichts vergleichen, deshalb beurteilen nur Metriken mit eigenen Grenzen die neue Version. Der Verlauf bewahrt, wer das verlangt hat.',
    cancel: 'Abbrechen',
    confirm: 'Starten',
    starting: 'Wird gestartet …',
    preview: 'Was geschehen wird',
    detectability: 'Was dieser Plan bemerken würde',
    detectabilityErrors:
      '{{title}}: von {{rate}} schlagen heute {{share}} fehl.',
    detectabilitySlow:
      '{{title}}: von {{rate}} dauern heute {{share}} länger als {{bound}}.',
    detectabilityAfter:
      '{{times}}-mal so viele würden den Rollout nach etwa {{duration}} stoppen.',
    detectabilityNever: '{{times}}-mal so viele fielen nicht rechtzeitig auf.',
    detectabilityUnknown:
      '{{title}}: bisher wurde nichts gemessen, daher weiß niemand, wie schnell etwas auffiele. Ein Plan, der nur beobachtet, findet es heraus.',
    detectabilityLearned:
      'Sie schwanken {{times}}-mal so stark wie unabhängige, nach {{windows}} Fenstern mit gleichen Versionen, und der Richter rechnet damit.',
    detectabilityAlpha:
      'Eine gesunde Version wird in höchstens {{share}} der Rollouts irrtümlich zurückgenommen.',
    detectabilityAlphaUnproven:
      'Eine gesunde Version wird in höchstens {{share}} der Rollouts irrtümlich zurückgenommen, sofern Fehler unabhängig voneinander auftreten. Ob sie das tun, findet ein Plan heraus, der nur beobachtet, sobald er genug davon gezählt hat.',
    previewHint: 'Mit einem Image erscheint hier, was geschehen wird.',
    previewLoading: 'Es wird ermittelt, was geschehen wird',
    previewFailed: 'Dieser Rollout kann nicht starten.',
    previewAgain: 'Noch einmal prüfen',
    failed: 'Der Rollout wurde nicht gestartet.',
    from: '{{container}}: aus {{stable}} wird {{canary}}',
    keeps: '{{container}} behält {{image}}',
    initContainer: '{{name}} (Init-Container)',
    sidecar: '{{name}} (Sidecar)',
    target:
      '{{kind}} {{name}}, {{replicas}} Pods, in {{namespace}} von {{cluster}}',
    stepsCaption: 'Schritte des Rollouts',
    columnStep: 'Schritt',
    columnWeight: 'Traffic',
    columnReplicas: 'Canary-Pods',
    columnTime: 'Dauert etwa',
    waitsForPerson: 'bis eine Person handelt',
    moment: 'einen Moment',
    storyShare:
      '{{canary}} läuft neben {{stable}} und bekommt zuerst {{first}} des Traffics, höchstens {{most}}. Erst dann ersetzt es {{stable}} für alle Nutzer.',
    storyNoShare:
      'Kein Schritt gibt {{canary}} einen Anteil am Traffic, bevor es {{stable}} für alle Nutzer ersetzt.',
    storyWatched:
      'Durchgehend beobachtet: {{metrics}}. Besteht eine davon nicht, geht der gesamte Traffic von selbst zurück an {{stable}}.',
    storyUnwatched:
      'Keine Metrik wird beobachtet: Nur eine Person, oder eine Canary, die nicht läuft, leitet den Traffic zurück an {{stable}}.',
    storyObserves:
      'Weitere Pods von {{stable}} laufen neben den bisherigen und bekommen höchstens {{most}} des Traffics. Ersetzt wird nichts.',
    storyMeasured:
      'Durchgehend gemessen: {{metrics}}. Keine Metrik entscheidet etwas; nur Pods, die abstürzen, oder eine Frist beenden den Rollout vorzeitig.',
    storyBaseline: '{{metric}} wird verglichen mit: {{baseline}}.',
    total: 'Insgesamt etwa {{duration}}, wenn alles gut geht.',
    totalWaits:
      'Mindestens {{duration}}, dazu die Zeit, die Personen brauchen.',
    warnings: 'Vor dem Start zu wissen',
  },
};
