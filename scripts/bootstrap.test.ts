import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isInstalled, stamp } from './bootstrap.mjs';
import { atLeast } from './node.mjs';

function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
  writeFileSync(join(folder, 'package.json'), '{"scripts":{"a":"b"},"overrides":{}}');
  return folder;
}

function installedClone(): string {
  const folder = clone();
  mkdirSync(join(folder, 'node_modules'));
  stamp(folder);
  return folder;
}

test('a bare clone is not installed, nor is one whose installation was cut short', () => {
  const folder = clone();
  expect(isInstalled(folder)).toBe(false);
  mkdirSync(join(folder, 'node_modules'));
  expect(isInstalled(folder)).toBe(false);
});

test('after the stamp it is installed, until the lockfile changes', () => {
  const folder = installedClone();
  expect(isInstalled(folder)).toBe(true);
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  expect(isInstalled(folder)).toBe(false);
});

test('a change of overrides installs again, a new script does not', () => {
  const folder = installedClone();
  writeFileSync(join(folder, 'package.json'), '{"scripts":{"c":"d"},"overrides":{}}');
  expect(isInstalled(folder)).toBe(true);
  writeFileSync(join(folder, 'package.json'), '{"scripts":{"c":"d"},"overrides":{"x":"1.0.0"}}');
  expect(isInstalled(folder)).toBe(false);
});

test('versions of Node are compared as numbers', () => {
  expect(atLeast('v20.0.0', [20, 0])).toBe(true);
  expect(atLeast('v22.9.0', [22, 18])).toBe(false);
  expect(atLeast('v24.1.0', [22, 18])).toBe(true);
  expect(atLeast('v9.11.2', [20, 0])).toBe(false);
});
