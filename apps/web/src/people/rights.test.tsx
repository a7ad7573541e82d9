import { expect, test } from 'vitest';
import { aroha, ben, group, member, mere } from '../test/cast.ts';
import { managesGroup, mayRemove } from './rights.ts';

test('UI39: who may rename and add is the owner’s choice, and rooms and direct chats have no such buttons', () => {
  const may = (myRole: 'owner' | 'admin' | 'member', addPolicy: 'owner' | 'admins' | 'members') =>
    managesGroup(group({ myRole, addPolicy }));
  expect([may('owner', 'owner'), may('admin', 'owner'), may('member', 'owner')]).toEqual([true, false, false]);
  expect([may('owner', 'admins'), may('admin', 'admins'), may('member', 'admins')]).toEqual([true, true, false]);
  expect(may('member', 'members')).toBe(true);
  expect(managesGroup(group({ kind: 'direct', addPolicy: 'members' }))).toBe(false);
});

test('UI39, M7: one removes those below oneself, never an equal and never oneself', () => {
  const [owner, admin, plain] = [member(aroha, 'owner'), member(ben, 'admin'), member(mere)];
  const removes = (myRole: 'owner' | 'admin' | 'member') => [owner, admin, plain].map((each) => mayRemove(group({ myRole }), each));
  expect(removes('owner')).toEqual([false, true, true]);
  expect(removes('admin')).toEqual([false, false, true]);
  expect(removes('member')).toEqual([false, false, false]);
});
