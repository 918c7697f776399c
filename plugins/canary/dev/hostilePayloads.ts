/** What a payload runs where it is taken for code; the browser test listens. */
const RUN = 'canaryWasRun()';

/** Markup and text that have run as script somewhere, each by a way of its own. */
const vectors: readonly string[] = [
  `<script>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `<script src="data:text/javascript,${RUN}"></script>`,
  `<script type="module">${RUN}</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<img src=x onerror=${RUN}>`,
  `<img/src=x/onerror=${RUN}>`,
  `<img src="x" onerror="${RUN}" style="display:none">`,
  `<img src=x onerror="&#99;anaryWasRun()">`,
  `<IMG SRC=javascript:${RUN}>`,
  `<img src="javascript:${RUN}">`,
  `<image src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${RUN}"><text x=20 y=20>x</text></a></svg>`,
  `<svg><foreignObject><iframe onload=${RUN}></iframe></foreignObject></svg>`,
  `<math><mtext><img src=x onerror=${RUN}></mtext></math>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe onload=${RUN}></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<video src=x onerror=${RUN}></video>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<textarea autofocus onfocus=${RUN}></textarea>`,
  `<select autofocus onfocus=${RUN}></select>`,
  `<body onload=${RUN}>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href=" &#14; javascript:${RUN}">x</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">x</a>`,
  `<form action="javascript:${RUN}"><button autofocus>x</button></form>`,
  `<style>@import "javascript:${RUN}";</style>`,
  `<div style="background:url(javascript:${RUN})">x</div>`,
  `<link rel=stylesheet href="javascript:${RUN}">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<base href="javascript:${RUN}//">`,
  `<template><img src=x onerror=${RUN}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `data:text/html;base64,PHNjcmlwdD5jYW5hcnlXYXNSdW4oKTwvc2NyaXB0Pg==`,
  `[x](javascript:${RUN})`,
  `\${${RUN}}`,
  `{{ constructor.constructor("${RUN}")() }}`,
];

/** Ways out of the place that a text stands in. */
const escapes: readonly ((vector: string) => string)[] = [
  vector => vector,
  vector => `"'></textarea></title></style></script>-->${vector}`,
  vector => `\u202e$t(title) {{name}} ]]>\u0000${vector}\u2028\n%0a`,
];

/** 150 texts that must be shown as the text that they are. */
export const hostilePayloads: readonly string[] = escapes.flatMap(escape =>
  vectors.map(escape),
);
