// @vitest-environment node
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these strings are code
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !/\.test\.|^test\/|(?:^|\/)words(?:\.mi)?\.ts$|^language\//.test(path.replaceAll('\\', '/')),
);

/** Attributes and properties whose words nobody sees or hears. */
const unseen =
  /^(?:class|classList|id|for|key|type|name|value|href|src|rel|target|role|d|dir|lang|method|accept|autocomplete|autocapitalize|inputmode|enterkeyhint|placement|viewBox|preserveAspectRatio|component|kind|by|look|tone|size|icon|style|locale|download|part|data-.*|on[A-Z].*|aria-(?:live|hidden|haspopup|controls|current|labelledby|describedby|autocomplete|invalid|busy|pressed|expanded|selected|activedescendant))$/;
/** Names that are the same in every language. */
const names = new Set(
  `KoreroMai|Kōrero mai|korero|kōrero|aroha@example.org|Enter|Shift|Esc|Home|End|Ctrl|Alt
  |Edge|Opera|Firefox|Chrome|Safari|Android|Windows|ChromeOS|Linux`.split(/\s*\|/u),
);

interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const nameOf = (node: unknown): string =>
  isNode(node) ? String(node.name ?? node.value ?? (isNode(node.property) ? node.property.name : '')) : '';

/** Words for people: several of them, or one that begins with a capital. Keys, codes and classes are neither. */
const speaks = (text: string): boolean =>
  /^[\p{Lu}][\p{Ll}’…]+|\p{L}{2,}[ ,.…]+\p{L}|^[ ·,]*\p{Ll}+…$/u.test(text.trim()) && !/[;{}=<>/]|^[a-z]*\.[a-z-]|\(…/.test(text);

/** Every literal in a file that a person would read or hear. */
function literalsIn(code: string, path: string): string[] {
  const found: string[] = [];
  const tell = (text: unknown) => {
    const said = String(text).replace(/\s+/gu, ' ').trim();
    if (!names.has(said)) found.push(`${path}: ${said}`);
  };
  const walk = (node: unknown, shown: boolean): unknown => {
    if (Array.isArray(node)) {
      for (const each of node) walk(each, shown);
      return undefined;
    }
    if (!isNode(node)) return undefined;
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
        return walk(node.declaration, shown);
      case 'JSXText':
        if (/\p{L}{2}/u.test(String(node.value))) tell(node.value);
        return undefined;
      case 'JSXElement':
        return walk([node.openingElement, node.children], true);
      case 'JSXAttribute':
        if (!unseen.test(nameOf(node.name))) walk(node.value, true);
        else if (isNode(node.value) && node.value.type === 'JSXExpressionContainer' && /^on[A-Z]/.test(nameOf(node.name)))
          walk(node.value, false);
        return undefined;
      case 'Property':
        if (!unseen.test(nameOf(node.key))) walk(node.value, shown);
        return undefined;
      // What is compared is no text, and what is thrown is for those who build this.
      case 'BinaryExpression':
        return node.operator === '+' ? walk([node.left, node.right], shown) : undefined;
      case 'SwitchCase':
        return walk(node.consequent, shown);
      case 'ThrowStatement':
      case 'TSLiteralType':
        return undefined;
      case 'NewExpression':
        return nameOf(node.callee) === 'Error' ? undefined : walk(node.arguments, shown);
      case 'CallExpression':
        walk(node.callee, false);
        // Its own attributes and keys: `t('key')`, `querySelector('.row')`, `closest('main')`.
        return walk(node.arguments, /^(?:toast|tell|say)$/.test(nameOf(node.callee)));
      case 'TemplateLiteral': {
        const text = (node.quasis as { value: { cooked: string } }[]).map((each) => each.value.cooked).join('…');
        const words = shown ? /\p{L}{2}/u.test(text.replaceAll('…', ' ')) && !/[/#?&-]|^[a-z]+$/u.test(text) : speaks(text);
        if (words) tell(text);
        return walk(node.expressions, shown);
      }
      case 'Literal':
        if (typeof node.value === 'string' && speaks(node.value)) tell(node.value);
        return undefined;
      default:
        for (const [part, child] of Object.entries(node))
          if (part !== 'type' && !/^typeA|^typeP|^returnType|^typeName/.test(part)) walk(child, shown);
        return undefined;
    }
  };
  walk(parseAst(code, { lang: path.endsWith('x') ? 'tsx' : 'ts' }).body, false);
  return found;
}

test('UI36: everything that the page says stands in a catalogue', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap((path) => literalsIn(readFileSync(join(source, path), 'utf8'), path))).toEqual([]);
});

test.each([
  ['<p>Nobody yet.</p>', 'Nobody yet.'],
  ['<p>You have {n} messages</p>', 'You have'],
  ['<p>{n === 0 ? "Nothing" : n}</p>', 'Nothing'],
  ['<button aria-label="Close">x</button>', 'Close'],
  ['<input placeholder={wide ? "Write a message" : ""} />', 'Write a message'],
  ['<img alt="Picture of me" title={`Seen by ${names()}`} />', 'Picture of me'],
  ['<Field label="Name" hint={`At least ${n} signs`} />', 'Name'],
  ['toast("Saved.")', 'Saved.'],
  ['toast(`${name} is closed.`)', '… is closed.'],
  ['const tabs = [{ value: "a", text: "Reports" }]', 'Reports'],
  ['const why = "It could not be sent.";', 'It could not be sent.'],
])('UI36: a literal in %j is found', (code, said) => {
  expect(literalsIn(code, 'a.tsx')[0]).toBe(`a.tsx: ${said}`);
});

test.each([
  '<p class="Button primary" data-testid="The list">{t("key")}</p>',
  'if (event.key === "Escape") throw new Error("This component needs a provider above it.");',
  'switch (key) { case "ArrowDown": go(); }',
  'document.querySelector("[data-composer], main")',
  'const theme: "Light" | "Dark" = read();',
])('UI36: %j says nothing to anybody', (code) => {
  expect(literalsIn(code, 'a.tsx')).toEqual([]);
});
