import { describe, expect, test } from 'vitest';
import { aroha, ben, group, member, mere, person, tama } from '../test/cast.ts';
import { subtitleOf, successorOf, titleOf } from './naming.ts';

describe('what a chat is called', () => {
  test('UI5: its name, or the others in it', () => {
    expect(titleOf(group({ name: 'Hāngī' }), aroha.id)).toBe('Hāngī');
    expect(titleOf(group(), aroha.id)).toBe('Ben, Mere');
    expect(titleOf(group({ kind: 'direct', members: [member(aroha), member(ben)] }), aroha.id)).toBe('Ben');
    expect(titleOf(group({ kind: 'direct', members: [member(aroha)] }), aroha.id)).toBe('Someone who left');
    expect(titleOf(group({ members: ['A', 'B', 'C', 'D', 'E'].map((name) => member(person(name))) }), 'nobody')).toBe('A, B, C, 2 more');
  });

  test('C7: seats kept for the invited are told apart from people', () => {
    expect(subtitleOf(group())).toBe('3 people');
    expect(subtitleOf(group({ seats: 5 }))).toBe('3 people, 2 invited');
    expect(subtitleOf(group({ members: [member(aroha)], seats: 3 }))).toBe('1 person, 2 invited');
  });
});

describe('the next owner', () => {
  test('M9: the admin here longest, else the member here longest, else nobody', () => {
    const members = [
      member(aroha, 'owner', '2026-01-01'),
      member(ben, 'member', '2026-01-02'),
      member(mere, 'admin', '2026-01-04'),
      member(tama, 'admin', '2026-01-03'),
    ];
    expect(successorOf(group({ members }), aroha.id)).toBe(tama);
    expect(successorOf(group({ members: members.slice(0, 2) }), aroha.id)).toBe(ben);
    expect(successorOf(group({ members: members.slice(0, 1) }), aroha.id)).toBeNull();
  });
});
